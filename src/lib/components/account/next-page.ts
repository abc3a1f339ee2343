const usual = '/studio';
const nowhere = 'http://here.invalid';

/**
 * Where to go after signing in: the page that sent the person here, if it is one of ours. An address that leads elsewhere, however it
 * is written (`//evil.example`, `/\evil.example`), counts as none: a sign-in page is what people who fish for passwords imitate.
 */
export function nextPage(wanted: string | null): string {
	if (wanted === null || !wanted.startsWith('/') || !URL.canParse(wanted, nowhere)) return usual;
	const { origin, pathname, search } = new URL(wanted, nowhere);
	if (origin !== nowhere || !/^\/(studio|w)(\/|$)/.test(pathname)) return usual;
	return pathname.startsWith('/studio/sign-in') ? usual : pathname + search;
}

export function signInPage(next: string): string {
	return `/studio/sign-in?next=${encodeURIComponent(next)}`;
}
