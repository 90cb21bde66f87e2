import { useTheme } from '@mui/material/styles';
import { useState } from 'react';

/** A picture that configuration names. One that cannot be loaded leaves no hole. */
export function Picture(props: { image: string; imageDark?: string; alt?: string; className?: string }) {
  const { image, imageDark, alt = '', className } = props;
  const shown = useTheme().palette.mode === 'dark' && imageDark ? imageDark : image;
  const [failed, setFailed] = useState<string>();
  return failed === shown ? alt : <img src={shown} alt={alt} className={className} onError={() => setFailed(shown)} />;
}
