/**
 * What GPUs can do at best, from public specifications: `--project` takes nothing else of them.
 *
 * The vendor's publication is named with each. Those of the A100, the H100 and the RTX 3060 (TFLOP/s) and the clock of the
 * RTX 3050 Laptop were compared with sites that quote them; the others are not yet compared with their source.
 */

/** A GPU's peaks. */
export interface NamedGpu {
  name: string;
  kind: "integrated" | "laptop" | "desktop" | "data center";
  /** FP32, without matrix units, which WGSL does not reach. */
  tflops: number;
  gbs: number;
}

/** From the smallest to the largest. */
export const NAMED_GPUS: readonly NamedGpu[] = [
  // Intel: 24 units x 16 operations x 1.1 GHz; two channels of DDR4-2400.
  { name: "Intel UHD 620", kind: "integrated", tflops: 0.42, gbs: 38.4 },
  // Apple, announcement of the M1: 2.6 TFLOP/s; LPDDR4X-4266, 128 bits wide.
  { name: "Apple M1 (8 cores)", kind: "integrated", tflops: 2.6, gbs: 68.3 },
  // NVIDIA, laptops: 2,048 cores x 2 x 1.058 GHz, the lowest boost (the highest is 1.74); 128 bits of GDDR6 at 12 Gbit/s.
  { name: "RTX 3050 Laptop", kind: "laptop", tflops: 4.3, gbs: 192 },
  // NVIDIA, RTX 3060 12 GB: 3,584 cores x 2 x 1.777 GHz; 192 bits of GDDR6 at 15 Gbit/s.
  { name: "RTX 3060", kind: "desktop", tflops: 12.7, gbs: 360 },
  // AMD, RX 6700 XT: 13.21 TFLOP/s; 192 bits of GDDR6 at 16 Gbit/s.
  { name: "RX 6700 XT", kind: "desktop", tflops: 13.2, gbs: 384 },
  // NVIDIA, data sheet of the A100, 40 GB.
  { name: "A100 40 GB", kind: "data center", tflops: 19.5, gbs: 1555 },
  // NVIDIA, data sheet of the H100, SXM.
  { name: "H100 SXM", kind: "data center", tflops: 67, gbs: 3350 },
];
