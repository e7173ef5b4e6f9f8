import { type Answer, json } from './web/index.ts'

/** An error response of RFC 6749, section 5.2, or RFC 6750, section 3.1. */
export class Refusal extends Error {
  readonly status: number
  readonly error: string
  readonly headers: Answer['headers']

  constructor(status: number, error: string, description: string, headers: Answer['headers'] = {}) {
    super(description)
    this.status = status
    this.error = error
    this.headers = headers
  }

  answer(): Answer {
    return json(this.status, { error: this.error, error_description: this.message }, this.headers)
  }
}
