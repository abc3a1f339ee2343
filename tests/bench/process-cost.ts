import { readFile } from 'node:fs/promises';

/** Jiffies a second on Linux, whatever the kernel's own tick. */
const ticksPerSecond = 100;

/** CPU seconds that a process has used so far, from /proc (Linux only). */
export async function cpuSecondsOf(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
	// The command's name may hold spaces and brackets; what counts stands after the last bracket.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory of a process in MiB. */
export async function residentMebibytesOf(pid: number): Promise<number> {
	const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
}
