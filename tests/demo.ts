/** The demo on the adapter of the environment, by itself: it takes longer than most tests (`tests/adapters.ts`). */
import "./open_device.ts";
import { testDemo } from "./experiments/demo_gpu.ts";

testDemo();
