"""Addresses behind the staff door. Each has its row in tables/permissions.yaml."""

from django.urls import include, path, re_path

from madobe.accounts.views import invitations, own, people, sign_in, steps, trail
from madobe.accounts.views.keys import groups, house, lives
from madobe.accounts.views.keys import own as my_key

# Names the sign-in library looks for; it has no others here: whatever it could do besides does not exist.
door = [
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/second/", sign_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", sign_in.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("not-here/", sign_in.not_here, name="account_inactive"),
    path("forgotten/", sign_in.Forgotten.as_view(), name="account_reset_password"),
    path("forgotten/sent/", sign_in.ForgottenSent.as_view(), name="account_reset_password_done"),
    re_path(
        r"^forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
        sign_in.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "forgotten/done/",
        sign_in.NewPasswordDone.as_view(),
        name="account_reset_password_from_key_done",
    ),
    path("provider/<slug:provider_id>/", sign_in.to_provider, name="openid_connect_login"),
    path(
        "provider/<slug:provider_id>/back/", sign_in.from_provider, name="openid_connect_callback"
    ),
    path("provider-not-now/", sign_in.provider_is_silent, name="socialaccount_login_error"),
    path("provider-stopped/", sign_in.provider_is_silent, name="socialaccount_login_cancelled"),
    path("provider-unknown/", sign_in.not_here, name="socialaccount_signup"),
]
own_pages = [
    path("invitation/<str:token>/", invitations.accept, name="invitation"),
    path("second-step/", steps.choose, name="second_step"),
    path("second-step/app/", steps.app, name="app"),
    path("second-step/passkey/", steps.passkey, name="passkey"),
    path("second-step/sheet/", steps.sheet, name="sheet"),
    path("second-step/remove/", steps.remove, name="remove_factor"),
    path("me/", own.me, name="me"),
    path("me/password/", own.password, name="password"),
    path("me/sessions/", own.sessions, name="sessions"),
    path("keys/", my_key.keys, name="keys"),
    path("keys/open/", my_key.open_key, name="open_key"),
    path("keys/close/", my_key.close_key, name="close_key"),
    path("keys/words/", my_key.change_words, name="change_words"),
    path("keys/anew/", lives.forgotten, name="key_anew"),
]
staff_pages = [
    path("", own.dashboard, name="dashboard"),
    path("people/", people.everybody, name="people"),
    path("people/invite/", people.invite_somebody, name="invite"),
    path("people/invite/<uuid:invitation_id>/close/", people.withdraw_one, name="withdraw"),
    path("people/<uuid:user_id>/", people.one, name="person"),
    path("people/<uuid:user_id>/roles/", people.roles, name="person_roles"),
    path("people/<uuid:user_id>/leave/", people.leave, name="person_leaves"),
    path("people/<uuid:user_id>/second-step/", people.second_step, name="person_second_step"),
    path("people/<uuid:user_id>/password-link/", people.password_link, name="person_password"),
    path("trail/", trail.trail, name="trail"),
    path("keys/", house.keys_of_the_house, name="house_keys"),
    path("keys/sheets/", house.sheets, name="recovery_sheets"),
    path("keys/drill/", house.drill, name="recovery_drill"),
    path("keys/cases/renew/", lives.renew_cases, name="renew_cases"),
    path("keys/again/<uuid:wish_id>/confirm/", lives.approve, name="key_confirm"),
    path("keys/again/<uuid:wish_id>/give/", lives.give_again, name="key_give"),
    path("keys/desks/<uuid:desk_id>/begin/", groups.begin, name="desk_key_begin"),
    path("keys/desks/<uuid:desk_id>/admit/", groups.admit, name="desk_key_admit"),
    path("keys/desks/<uuid:desk_id>/dismiss/", groups.dismiss, name="desk_key_dismiss"),
    path("keys/desks/<uuid:desk_id>/renew/", groups.renew, name="desk_key_renew"),
    path("keys/desks/<uuid:desk_id>/open/", groups.open_desk, name="desk_key_open"),
]
ours = [path("accounts/", include(own_pages)), path("staff/", include(staff_pages))]
urlpatterns = [path("accounts/", include(door)), path("", include((ours, "accounts")))]
