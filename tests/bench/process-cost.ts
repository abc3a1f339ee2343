import { readdir, readFile } from 'node:fs/promises';
import process from 'node:process';

/** Jiffies a second on Linux, whatever the kernel's own tick. */
const ticksPerSecond = 100;

/** CPU seconds that a process has used so far, from /proc (Linux only). */
export async function cpuSecondsOf(pid: number): Promise<number> {
	const { own } = await readStat(String(pid));
	return own;
}

/**
 * CPU seconds that Postgres has used so far: its first process (`pid`) and the children of that, those that have ended included.
 * NaN where there is no /proc.
 */
export async function postgresCpuSecondsOf(pid: number): Promise<number> {
	if (process.platform !== 'linux') return Number.NaN;
	const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	// A process may end while we look.
	const stats = (await Promise.allSettled(names.map(readStat))).flatMap((read) =>
		read.status === 'fulfilled' ? [read.value] : [],
	);
	const family = stats.filter(({ id, parent }) => id === pid || parent === pid);
	const seconds = await Promise.all(
		family.map(async (stat) => (await threadSecondsOf(stat)) + (stat.id === pid ? stat.ended : 0)),
	);
	return seconds.reduce((sum, one) => sum + one, 0);
}

type Stat = { readonly id: number; readonly parent: number; readonly own: number; readonly ended: number };

async function readStat(name: string): Promise<Stat> {
	const stat = await readFile(`/proc/${name}/stat`, 'utf8');
	// The command's name may hold spaces and brackets; what counts stands after the last bracket.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const seconds = (index: number) => (Number(fields[index]) + Number(fields[index + 1])) / ticksPerSecond;
	return { id: Number(name), parent: Number(fields[1]), own: seconds(11), ended: seconds(13) };
}

/** Seconds that a process' first thread has run, which is all of a process of Postgres; ticks miss what runs for less than one. */
async function threadSecondsOf({ id, own }: Stat): Promise<number> {
	try {
		return Number((await readFile(`/proc/${String(id)}/schedstat`, 'utf8')).split(' ')[0]) / 1e9;
	} catch {
		// A kernel without these statistics, or the process has just ended.
		return own;
	}
}

/** Resident memory of a process in MiB. */
export async function residentMebibytesOf(pid: number): Promise<number> {
	const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
}
