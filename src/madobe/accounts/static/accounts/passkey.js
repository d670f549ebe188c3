// Passkeys: asks the browser for one, puts its answer into the form's hidden field and sends the form.
// A form with data-passkey stays hidden where the browser knows no passkeys.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const listed = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

function question({ publicKey }) {
  const asked = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.excludeCredentials) asked.excludeCredentials = listed(asked.excludeCredentials);
  if (asked.allowCredentials) asked.allowCredentials = listed(asked.allowCredentials);
  return { publicKey: asked };
}

function answer(credential) {
  const { response } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: parts,
  };
}

async function options(form) {
  if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
  const got = await fetch(form.dataset.passkeyFrom, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  return (await got.json()).request_options;
}

async function ask(form) {
  const said = form.querySelector("[data-passkey-said]");
  if (said) said.textContent = "";
  try {
    const asked = question(await options(form));
    const credential = await navigator.credentials[form.dataset.passkey](asked);
    form.querySelector("[name$=credential]").value = JSON.stringify(answer(credential));
    form.submit();
  } catch {
    if (said) said.textContent = said.dataset.notNow; // closed or not known here: the form waits as it was
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
}
