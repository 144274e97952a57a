package dev.pequel.error;

/** A JSON document as an answer sends it, made by {@link JsonEncoder}: UTF-8, which nobody changes any more. */
public record EncodedJson(byte[] bytes) {}
