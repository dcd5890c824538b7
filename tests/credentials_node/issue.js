// Another's issuer: prints a bundle made and signed by these packages alone, for our verifier. Reads {contexts, now, until} on standard input.
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createSignCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import jsigs from 'jsonld-signatures';

const DID = 'did:web:museum.example';
const LIST = 'https://museum.example/status/1';

let text = '';
for await (const part of process.stdin) text += part;
const {contexts, now, until} = JSON.parse(text);

const key = await Ed25519Multikey.generate({controller: DID});
key.id = `${DID}#${key.publicKeyMultibase}`;
const {'@context': _context, ...method} = await key.export({publicKey: true});
const documentLoader = async (url) => {
  if (!contexts[url]) throw new Error(`${url} is not at hand`);
  return {contextUrl: null, documentUrl: url, document: contexts[url]};
};

const signed = (document) => jsigs.sign(document, {
  suite: new DataIntegrityProof({signer: {...key.signer(), id: key.id}, date: now, cryptosuite: createSignCryptosuite()}),
  purpose: new jsigs.purposes.AssertionProofPurpose(),
  documentLoader,
});

const list = await createList({length: 131072});
list.setStatus(7, true);
const listCredential = await createCredential({id: LIST, list, statusPurpose: 'revocation'});

const credentialAt = (index) => signed({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: `https://museum.example/credentials/${index}`,
  type: ['VerifiableCredential'],
  issuer: DID,
  validFrom: now,
  credentialSubject: {id: 'https://museum.example/pieces/1', name: 'کاسهٔ سفالی'},
  credentialStatus: {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: `${index}`,
    statusListCredential: LIST,
  },
});

const shared = {
  didDocuments: {
    [DID]: {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: DID, verificationMethod: [{...method, id: key.id}], assertionMethod: [key.id],
    },
  },
  statusListCredentials: {[LIST]: await signed({...listCredential, issuer: DID, validFrom: now, validUntil: until})},
  contexts, trustedIssuers: [DID], now,
};
process.stdout.write(JSON.stringify({
  valid: {...shared, credential: await credentialAt(6)},
  revoked: {...shared, credential: await credentialAt(7)},
}));
