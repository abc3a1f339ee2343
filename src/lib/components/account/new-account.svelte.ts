/** An account that is being made: what was typed. */
export class NewAccountDraft {
	name = $state('');
	email = $state('');
	password = $state('');

	/** As the API takes it. */
	get fields(): { name: string; email: string; password: string } {
		return { name: this.name, email: this.email, password: this.password };
	}
}
