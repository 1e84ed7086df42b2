/** Where Debian's Chromium brings SwiftShader's Vulkan driver. */
export const SWIFTSHADER = [
  "/usr/lib/chromium/vk_swiftshader_icd.json",
  "/usr/lib/chromium-browser/vk_swiftshader_icd.json",
];
