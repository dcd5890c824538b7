/* The camera on the label's page, where the browser reads codes itself; elsewhere the form takes a photo or the typed code. */
const box = document.querySelector("[data-scan]");

async function canRead() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

function codeIn(text) {
  const last = text.split("?")[0].replace(/\/$/, "").split("/").pop().replace(/[-\s]/g, "");
  return /^[0-9A-Za-z]{26}$/.test(last) ? last : "";
}

async function watch(video, detector, found) {
  while (video.srcObject) {
    if (video.readyState >= 2) {
      const seen = await detector.detect(video).catch(() => []);
      const code = seen.map((one) => codeIn(one.rawValue)).find(Boolean);
      if (code) return found(code);
    }
    await new Promise((next) => setTimeout(next, 150));
  }
}

function stop(video) {
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  video.hidden = true;
}

if (box && await canRead().catch(() => false)) {
  const video = box.querySelector("video");
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  button.textContent = box.dataset.wordsStart;
  video.hidden = true;
  box.hidden = false;
  button.addEventListener("click", async () => {
    if (video.srcObject) {
      stop(video);
      button.textContent = box.dataset.wordsStart;
      return;
    }
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      status.textContent = box.dataset.wordsRefused;
      return;
    }
    video.hidden = false;
    await video.play();
    button.textContent = box.dataset.wordsStop;
    watch(video, detector, (code) => {
      stop(video);
      location.href = box.dataset.address + code;
    });
  });
}
