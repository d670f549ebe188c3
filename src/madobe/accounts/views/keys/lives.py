"""What becomes of keys: words that were forgotten, giving again, new keys for cases."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from madobe.accounts.actions.keys import lives
from madobe.accounts.actions.keys.renewing import renew_some
from madobe.accounts.forms.keys import MakeKeyForm
from madobe.accounts.keys import hold
from madobe.accounts.readers import has_key
from madobe.accounts.request import KeysRequest, StaffRequest
from madobe.accounts.views.unlock import fresh_proof
from madobe.accounts.views.with_keys import with_keys
from madobe.ui.staff import staff_of
from madobe.vault.granting import KeyIsOld, KeyIsRetired


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@fresh_proof
def forgotten(request: StaffRequest) -> HttpResponse:
    """A new key in place of one whose words are forgotten."""
    if not has_key(request.user):
        return redirect("accounts:keys")
    form = MakeKeyForm(request.POST or None, user=request.user)
    if form.is_valid():
        keyring = lives.make_key_anew(
            user=request.user, passphrase=form.cleaned_data["passphrase"], at=timezone.now()
        )
        messages.success(
            request, _("新しい合い鍵ができました。前に読めたものは、仲間からもう一度わたされます。")
        )
        response = redirect("accounts:keys")
        hold(request, response, keyring)
        return response
    return render(request, "accounts/keys/anew.html", {"form": form})


@require_POST
@fresh_proof
def approve(request: StaffRequest, wish_id: UUID) -> HttpResponse:
    """Somebody has seen or heard them: it is them."""
    try:
        lives.approve(wish_id=wish_id, by=staff_of(request), at=timezone.now())
    except (lives.NoWish, lives.TwoPeople) as error:
        raise Http404 from error
    messages.success(request, _("本人と確かめたことを、記録しました。"))
    return redirect("accounts:house_keys")


@with_keys
@require_POST
def give_again(request: KeysRequest, wish_id: UUID) -> HttpResponse:
    """Give what one can open of what the old key opened."""
    try:
        left = lives.give_again(
            wish_id=wish_id, keyring=request.keyring, by=staff_of(request), at=timezone.now()
        )
    except (lives.NoWish, lives.NotConfirmed, lives.TwoPeople) as error:
        raise Http404 from error
    except (lives.ReadsNoMore, KeyIsRetired, KeyIsOld):
        messages.info(request, _("いまはわたせませんでした。少しあとで、もう一度ためせます。"))
    else:
        messages.success(
            request,
            ngettext(
                "わたしました。あと%(left)s件は、ほかの人がわたせます。",
                "わたしました。あと%(left)s件は、ほかの人がわたせます。",
                left,
            )
            % {"left": left}
            if left
            else _("すべてわたしました。"),
        )
    return redirect("accounts:house_keys")


@with_keys
@require_POST
def renew_cases(request: KeysRequest) -> HttpResponse:
    """New keys for some of the cases that wait for one."""
    renewed = renew_some(keyring=request.keyring, by=staff_of(request), at=timezone.now())
    if renewed.done:
        messages.success(
            request,
            _("%(done)s件の鍵を新しくしました。のこりは%(left)s件です。")
            % {"done": renewed.done, "left": renewed.left},
        )
    else:
        messages.info(request, _("あなたの合い鍵で開くものは、いまはありませんでした。"))
    if renewed.odd:
        messages.warning(
            request,
            _(
                "%(odd)s件は、外から書きかえられたようで、そのままにしてあります。管理している人に知らせてください。"
            )
            % {"odd": renewed.odd},
        )
    return redirect("accounts:house_keys")
