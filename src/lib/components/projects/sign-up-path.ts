/** Where an entry is sent to, below `/api/v1`. */
export function signUpPath(editionSlug: string, projectSlug: string): `/${string}` {
	return `/editions/${encodeURIComponent(editionSlug)}/projects/${encodeURIComponent(projectSlug)}/members`;
}
