// Psono's JSON export, with made-up names.

import { AWKWARD, SEED } from './awkward.ts';

type Part = Record<string, unknown>;

export const PSONO_DATA: Part = {
  folders: [
    {
      id: 'p1',
      name: 'Customers',
      folders: [
        {
          name: 'Alder',
          items: [
            {
              id: 'i1',
              type: 'website_password',
              name: 'Router',
              urlfilter: 'alder.test',
              website_password_title: 'Router',
              website_password_url: 'https://alder.test',
              website_password_username: 'ops',
              website_password_password: AWKWARD,
              website_password_notes: 'two\nlines',
              website_password_auto_submit: false,
              website_password_url_filter: 'alder.test',
              website_password_totp_code: SEED,
              website_password_totp_period: 60,
              website_password_totp_digits: 8,
              website_password_totp_algorithm: 'SHA256',
              create_date: '2022-12-13T19:41:02.028884Z',
              write_date: '2023-12-13T19:41:02.028909Z',
              callback_url: 'https://hook.test',
              callback_user: '',
              callback_pass: '',
              tags: ['ops'],
              custom_fields: [{ name: 'PIN', type: 'password', value: '0012' }],
            },
          ],
        },
      ],
    },
  ],
  items: [
    { type: 'note', name: 'Note', note_title: 'Note', note_notes: 'n' },
    {
      type: 'totp',
      name: 'Code',
      totp_title: 'Code',
      totp_code: SEED,
      totp_period: 30,
      totp_digits: 6,
      totp_algorithm: 'SHA1',
      totp_notes: '',
    },
    {
      type: 'application_password',
      name: 'DB',
      application_password_title: 'DB',
      application_password_username: 'sa',
      application_password_password: 'p',
      application_password_notes: '',
      deleted: true,
    },
    {
      type: 'environment_variables',
      name: 'Env',
      environment_variables_title: 'Env',
      environment_variables_variables: [{ key: 'A', value: '1' }],
      environment_variables_notes: '',
    },
    {
      type: 'credit_card',
      name: 'Card',
      credit_card_title: 'Card',
      credit_card_number: '0011',
      credit_card_name: 'Äda',
      credit_card_cvc: '007',
      credit_card_valid_through: '0430',
      credit_card_pin: '0042',
      credit_card_notes: '',
    },
    {
      type: 'ssh_own_key',
      name: 'Key',
      ssh_own_key_title: 'Key',
      ssh_own_key_public: 'ssh-ed25519 AAAA',
      ssh_own_key_private: 'PEM',
      ssh_own_key_notes: '',
    },
    { type: 'future_type', name: 'Odd', future_type_title: 'Odd', future_type_thing: 'x' },
  ],
};
