package dev.pequel.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/** Roaring bitmaps as bytes, in the portable format that other languages read too. */
public final class Bitmaps {

    private Bitmaps() {}

    public static byte[] write(RoaringBitmap bitmap) {
        RoaringBitmap compact = bitmap.clone();
        compact.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(compact.serializedSizeInBytes());
        compact.serialize(bytes);
        return bytes.array();
    }

    public static RoaringBitmap read(byte[] bytes) {
        RoaringBitmap bitmap = new RoaringBitmap();
        try {
            bitmap.deserialize(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("Stored bytes are no bitmap.", e);
        }
        return bitmap;
    }
}
