// Asks the device for a passkey, and sends its answer with the form that asked. A form without a
// browser that can stays hidden.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const listed = (known) => (known ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

// Browsers older than the JSON methods of WebAuthn level 3 get the same by hand.
const asked = {
  create: (given) => PublicKeyCredential.parseCreationOptionsFromJSON?.(given) ?? {
    ...given,
    challenge: bytes(given.challenge),
    user: { ...given.user, id: bytes(given.user.id) },
    excludeCredentials: listed(given.excludeCredentials),
  },
  get: (given) => PublicKeyCredential.parseRequestOptionsFromJSON?.(given) ?? {
    ...given,
    challenge: bytes(given.challenge),
    allowCredentials: listed(given.allowCredentials),
  },
};

function answered(credential) {
  if (credential.toJSON) return credential.toJSON();
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((name) => credential.response[name]);
  const response = Object.fromEntries(given.map((name) => [name, text(credential.response[name])]));
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!globalThis.PublicKeyCredential) continue;
  form.hidden = false;
  const { passkey, options } = form.dataset;
  const failed = form.querySelector("[data-passkey-failed]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const publicKey = asked[passkey](JSON.parse(options));
      form.elements.credential.value = JSON.stringify(answered(await navigator.credentials[passkey]({ publicKey })));
    } catch {
      // Closed, timed out, or no key of ours on the device: the browser does not say which.
      failed.hidden = false;
      return;
    }
    form.submit();
  });
}
