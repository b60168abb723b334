package dev.signaltoorder.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fields of a message as they stand in its bytes (protobuf's wire format): as much of it as is
 * needed to read what the service sends, without the service's own library.
 */
record Protobuf(List<Field> fields) {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;

  /** A number's bytes are left out: nobody here asks for them. */
  record Field(int number, byte[] value) {}

  static Protobuf read(byte[] message) {
    ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int tag = Math.toIntExact(varint(bytes));
      fields.add(new Field(tag >>> 3, value(bytes, tag & 7)));
    }
    return new Protobuf(fields);
  }

  private static byte[] value(ByteBuffer bytes, int type) {
    int length =
        switch (type) {
          case VARINT -> {
            varint(bytes);
            yield 0;
          }
          case EIGHT_BYTES -> Long.BYTES;
          case BYTES -> Math.toIntExact(varint(bytes));
          case FOUR_BYTES -> Integer.BYTES;
          default -> throw new IllegalArgumentException("no type of a field: " + type);
        };
    byte[] value = new byte[length];
    bytes.get(value);
    return value;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  /** All values of a field that can be there more than once. */
  Stream<byte[]> all(int number) {
    return fields.stream().filter(field -> field.number() == number).map(Field::value);
  }

  /** The messages in such a field. */
  Stream<Protobuf> messages(int number) {
    return all(number).map(Protobuf::read);
  }

  /** A field that is there once, or empty. */
  byte[] one(int number) {
    return all(number).findFirst().orElse(new byte[0]);
  }

  String text(int number) {
    return new String(one(number), StandardCharsets.UTF_8);
  }
}
