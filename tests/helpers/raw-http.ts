import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends bytes as they are and returns everything that comes back until the other side closes, or an answer of a kind has come. */
export async function rawHttp(origin: string, request: string, until?: RegExp): Promise<string> {
	const { hostname, port } = new URL(origin);
	const socket = connect(Number(port), hostname);
	let answer = '';
	socket.setEncoding('utf8').on('data', (text: string) => {
		answer += text;
		if (until?.test(answer) === true) socket.destroy();
	});
	socket.on('error', () => undefined);
	socket.write(request);
	await once(socket, 'close');
	return answer;
}
