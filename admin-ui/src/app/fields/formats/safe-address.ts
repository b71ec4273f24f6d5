const RASTER_DATA = /^data:image\/(?:png|jpeg|gif|webp|avif|bmp);base64,[A-Za-z0-9+/=\s]+$/;

/** The address if it is a web or mail address, else undefined: other schemes can run code. */
export function safeLink(text: string): string | undefined {
  const url = URL.parse(text.trim());
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol)
    ? url.href
    : undefined;
}

/** The address if it can only be a raster image: a web address or raster data. */
export function safeImage(text: string): string | undefined {
  const address = text.trim();
  if (RASTER_DATA.test(address)) {
    return address;
  }
  const url = URL.parse(address);
  return url !== null && ['http:', 'https:'].includes(url.protocol) && !isVector(url)
    ? url.href
    : undefined;
}

function isVector(url: URL): boolean {
  return /\.svgz?$/i.test(url.pathname);
}
