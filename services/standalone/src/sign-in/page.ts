import { html, type Html } from '@boxoffice/shared/html';
import type { Person } from './people';

export function signInPage(people: readonly Person[], fault?: string): Html {
  return html`<h1>Sign in</h1>
    ${fault === undefined ? undefined : html`<p role="alert"><strong>${fault}</strong></p>`}
    <p class="soft">
      This machine answers on loopback alone, so it asks who you are, not for a password. A machine that
      answers others is set up with an OpenID Connect provider instead.
    </p>
    ${people.map(
      (person) =>
        html`<form class="person" method="post">
          <input type="hidden" name="email" value="${person.email}" />
          <button>
            ${person.name} <span class="soft">${person.email} · ${person.roles[0] ?? 'buyer'}</span>
          </button>
        </form>`,
    )}
    ${
      people.length === 0
        ? undefined
        : html`<h2>Or as any buyer</h2>
            <form method="post">
              <label for="email">E-mail address</label>
              <input id="email" name="email" type="email" required autocomplete="email" />
              <button>Sign in</button>
            </form>`
    }`;
}
