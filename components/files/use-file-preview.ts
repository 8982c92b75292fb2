'use client';

import { useEffect, useState } from 'react';

/** An address under which the page can show a file that is still only here. */
export function useFilePreview(file: File): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
