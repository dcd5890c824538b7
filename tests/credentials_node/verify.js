// An independent verifier: reads [{name, bundle}] on standard input, prints {name: [state, reason]}.
// Nothing is fetched: what the bundle does not hold does not exist. Time is the bundle's own.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {verifyCredential} from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import jsonld from 'jsonld';

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const MARKED = {revocation: 'revoked', suspension: 'suspended'};

class Refused extends Error {
  constructor(state, reason) {
    super(reason);
    this.state = state;
  }
}

function loaderOf(bundle) {
  const methods = Object.values(bundle.didDocuments).flatMap((did) => did.verificationMethod)
    .map((method) => [method.id, {'@context': MULTIKEY, ...method}]);
  const known = new Map([
    ...Object.entries(bundle.contexts), ...Object.entries(bundle.didDocuments),
    ...Object.entries(bundle.statusListCredentials), ...methods,
  ]);
  return async (url) => {
    if (!known.has(url)) throw new Error(`${url} is not in the bundle`);
    return {contextUrl: null, documentUrl: url, document: structuredClone(known.get(url))};
  };
}

function stateOfError(error) {
  const texts = [error, error?.cause, ...(error?.errors ?? [])].map((one) => `${one?.message ?? one}`).join(' | ');
  if (/is after "validUntil"/.test(texts)) return 'expired';
  if (/is before the "validFrom"|is before "validFrom"/.test(texts)) return 'not_yet_valid';
  if (/does not start with proof/.test(texts)) return 'context_added';
  if (/issuer must match the verification method controller/i.test(texts)) return 'foreign_issuer';
  if (/not authorized by controller/.test(texts)) return 'key_not_for_assertion';
  if (/Invalid signature/.test(texts)) return 'tampered';
  return 'other';
}

async function requireSigned(credential, options) {
  const result = await verifyCredential({...options, credential});
  if (!result.verified) {
    const reason = `${result.error?.errors?.map((one) => one.message).join(' | ') ?? result.error?.message}`;
    throw new Refused(stateOfError(result.error), reason);
  }
  return result;
}

async function requireMeaning(credential, documentLoader) {
  try {
    await jsonld.expand(credential, {documentLoader, safe: true});
  } catch (error) {
    throw new Refused('undefined_terms', `${error.details?.event?.message ?? error.message}`);
  }
}

async function requireFreshLists(bundle, options) {
  for (const {statusListCredential: address} of bundle.credential.credentialStatus) {
    const list = bundle.statusListCredentials[address];
    if (list?.id !== address) throw new Refused('list_id_unlike_address', address);
    try {
      await requireSigned(list, options);
    } catch (error) {
      const state = {expired: 'list_stale', not_yet_valid: 'list_not_yet_valid'}[error.state] ?? 'list_not_signed_right';
      throw new Refused(state, error.message);
    }
  }
}

async function check(bundle) {
  const {credential} = bundle;
  const documentLoader = loaderOf(bundle);
  const suite = new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()});
  const options = {suite, documentLoader, now: new Date(bundle.now), maxClockSkew: 0};
  if (!bundle.trustedIssuers.includes(credential.issuer)) throw new Refused('untrusted_issuer', credential.issuer);
  const {statusResult} = await requireSigned(credential, {
    ...options,
    // The lists are verified below by the given time: the package would judge them by this machine's clock.
    checkStatus: (given) => checkStatus({...given, verifyBitstringStatusListCredential: false}),
  });
  await requireMeaning(credential, documentLoader);
  await requireFreshLists(bundle, options);
  for (const {status, credentialStatus} of statusResult.results) {
    if (status) throw new Refused(MARKED[credentialStatus.statusPurpose], 'the bit is set');
  }
}

async function stateOf(bundle) {
  try {
    await check(bundle);
    return ['valid', ''];
  } catch (error) {
    return [error.state ?? 'other', error.message];
  }
}

let text = '';
for await (const part of process.stdin) text += part;
const states = {};
for (const {name, bundle} of JSON.parse(text)) states[name] = await stateOf(bundle);
process.stdout.write(JSON.stringify(states));
