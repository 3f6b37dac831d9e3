/** What a server needs to be one in production, beside what every installation of a test has. */
export const production = {
  NODE_ENV: 'production',
  SHUTDOWN_GRACE_MS: '0',
  SMTP_URL: 'smtp://mail.example',
  MAIL_FROM: 'Mediagraph <mail@app.example>',
  APP_URL: 'https://app.example',
};
