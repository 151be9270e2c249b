import { ownCpuUs } from './measure.ts';

/** Imported before a program that serves: answers each message with the µs of CPU it used until then. */
process.on('message', () => process.send?.(ownCpuUs()));
// A channel that is listened to would keep the process alive when its own work has ended.
process.channel?.unref();
