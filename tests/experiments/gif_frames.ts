/** Frames of a GIF: its graphic control blocks, each before an image. */
export function framesOf(gif: Uint8Array): number {
  let frames = 0;
  gif.forEach((byte, i) => {
    const control = byte === 0x21 && gif[i + 1] === 0xf9 && gif[i + 2] === 4;
    if (control && gif[i + 7] === 0 && gif[i + 8] === 0x2c) frames++;
  });
  return frames;
}
