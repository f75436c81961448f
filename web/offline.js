// Makes the page open without a network: registers the service worker, and tells when a newer version of the page waits.
// Browsers have service workers only over https and on the machine itself; elsewhere nothing happens here.

const WORKER = "/sw.js";

// `onNewer(update)` is called when another version is ready; `update()` changes to it by loading the page again.
export async function keepShell(onNewer) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const isFirst = !workers.controller;
  workers.addEventListener("controllerchange", () => {
    if (!isFirst) location.reload();
  });
  try {
    const registration = await workers.register(trusted(WORKER), { updateViaCache: "none" });
    if (registration.waiting) return takeOver(registration); // the page has only just begun
    registration.addEventListener("updatefound", () => watch(registration, onNewer));
  } catch (error) {
    console.info("The page is not kept for use offline:", error.message);
  }
}

function watch(registration, onNewer) {
  const worker = registration.installing;
  worker.addEventListener("statechange", () => {
    const isUpdate = navigator.serviceWorker.controller !== null;
    if (worker.state === "installed" && isUpdate) onNewer(() => takeOver(registration));
  });
}

function takeOver(registration) {
  registration.waiting?.postMessage("take over");
}

// The one address that may become a script here.
function trusted(address) {
  if (!window.trustedTypes) return address;
  const policy = trustedTypes.createPolicy("service-worker", {
    createScriptURL: (url) => {
      if (url === WORKER) return url;
      throw new TypeError("not the service worker");
    },
  });
  return policy.createScriptURL(address);
}
