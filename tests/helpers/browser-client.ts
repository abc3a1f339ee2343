/** What a browser does with REST: keeps cookies between requests and names its origin on writes. */
export class BrowserClient {
	readonly #origin: string;
	readonly cookies = new Map<string, string>();
	/** `Set-Cookie` lines of the last answer. */
	setCookies: string[] = [];

	constructor(origin: string) {
		this.#origin = origin;
	}

	get cookieHeader(): string {
		return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	/** @param path below `/api/v1` */
	async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
		const response = await fetch(`${this.#origin}/api/v1${path}`, {
			method,
			redirect: 'manual',
			headers: {
				...(this.cookies.size === 0 ? {} : { cookie: this.cookieHeader }),
				...(method === 'GET' ? {} : { origin: this.#origin }),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		this.setCookies = response.headers.getSetCookie();
		for (const line of this.setCookies) this.#keep(line);
		return response;
	}

	/** The answer's JSON; an answer that refuses fails the test with its code. */
	async json<Body>(method: string, path: string, body?: unknown): Promise<Body> {
		const response = await this.request(method, path, body);
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path} was refused: ${text}`);
		return (text === '' ? undefined : JSON.parse(text)) as Body;
	}

	/** Status and error code of an answer that is expected to refuse; `null` if it doesn't. */
	async refusal(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<{ status: number; code: string | null }> {
		const response = await this.request(method, path, body, headers);
		const text = await response.text();
		const answer = (text.startsWith('{') ? JSON.parse(text) : {}) as { error?: { code: string } };
		return { status: response.status, code: answer.error?.code ?? null };
	}

	#keep(line: string): void {
		const [pair = '', ...attributes] = line.split('; ');
		const name = pair.slice(0, pair.indexOf('='));
		if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
		else this.cookies.set(name, pair.slice(name.length + 1));
	}
}
