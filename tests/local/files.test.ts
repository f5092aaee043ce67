import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { filesBucket } from '#lib/shared/resources.ts';
import { useStack } from '../support/index.ts';

useStack();

const MEGABYTE = 1024 * 1024;

describe('files', () => {
  it('a large file goes up and down through presigned links with a plain client', async () => {
    const s3 = new S3Client();
    const object = { Bucket: filesBucket(), Key: 'imports/usage file.csv' };
    const content = Buffer.alloc(20 * MEGABYTE, 'a,b\n');

    const uploaded = await fetch(await getSignedUrl(s3, new PutObjectCommand(object)), {
      method: 'PUT',
      body: content,
    });
    const downloaded = await fetch(await getSignedUrl(s3, new GetObjectCommand(object)));

    expect(uploaded.status).toBe(200);
    expect(Buffer.from(await downloaded.arrayBuffer()).equals(content)).toBe(true);
  });

  it.each(['application/x-www-form-urlencoded', 'application/json', 'text/csv', 'application/pdf'])(
    'a file arrives as it is when its sender calls it %s',
    async (contentType) => {
      const s3 = new S3Client();
      const object = { Bucket: filesBucket(), Key: 'imports/small.csv' };
      const content = 'name=a&b,100%25\r\n"ä",+1\n';

      const uploaded = await fetch(await getSignedUrl(s3, new PutObjectCommand(object)), {
        method: 'PUT',
        body: content,
        headers: { 'content-type': contentType },
      });
      const downloaded = await fetch(await getSignedUrl(s3, new GetObjectCommand(object)));

      expect(uploaded.status).toBe(200);
      expect(await downloaded.text()).toBe(content);
    },
  );
});
