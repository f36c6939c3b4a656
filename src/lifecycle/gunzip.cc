#include "lifecycle/gunzip.h"

#include <array>
#include <optional>
#include <vector>

#include "base/crc32.h"

namespace ember {
namespace {

constexpr int kMaxCodeBits = 15;

Error BadGzip(std::string_view what) {
  return MakeError("EMBER_AWS.INVALID_ANSWER", {{"what", "a gzip file that " + std::string(what)}});
}

// Bits from the least significant of each byte on (RFC 1951, 3.1.1).
class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}

  /// The next `count` bits as a number, the first of them the least; -1 beyond the end.
  int Bits(int count) {
    while (held_ < count) {
      if (at_ == bytes_.size()) return -1;
      buffer_ |= uint32_t{static_cast<unsigned char>(bytes_[at_++])} << held_;
      held_ += 8;
    }
    const int value = static_cast<int>(buffer_ & ((uint32_t{1} << count) - 1));
    buffer_ >>= count;
    held_ -= count;
    return value;
  }
  /// Drops the rest of a byte.
  void Align() {
    buffer_ >>= held_ % 8;
    held_ -= held_ % 8;
  }
  /// Offset of the next byte, once aligned.
  size_t offset() const { return at_ - static_cast<size_t>(held_ / 8); }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
  uint32_t buffer_ = 0;
  int held_ = 0;
};

// A canonical Huffman code: how many codes of each length there are, and the symbols in their
// order.
class HuffmanCode {
 public:
  /// Nothing where the lengths ask for more codes than there are.
  static std::optional<HuffmanCode> Make(const std::vector<int>& lengths) {
    HuffmanCode code;
    for (const int length : lengths) ++code.counts_[length];
    code.counts_[0] = 0;
    int left = 1;
    for (int bits = 1; bits <= kMaxCodeBits; ++bits) {
      left = 2 * left - code.counts_[bits];
      if (left < 0) return std::nullopt;
    }
    for (int bits = 1; bits <= kMaxCodeBits; ++bits) {
      for (size_t symbol = 0; symbol < lengths.size(); ++symbol) {
        if (lengths[symbol] == bits) code.symbols_.push_back(static_cast<int>(symbol));
      }
    }
    return code;
  }

  /// The next symbol; -1 where the input ends or is no code.
  int Read(BitReader& in) const {
    int code = 0;
    int first = 0;
    int index = 0;
    for (int bits = 1; bits <= kMaxCodeBits; ++bits) {
      const int bit = in.Bits(1);
      if (bit < 0) return -1;
      code |= bit;
      if (code - first < counts_[bits]) return symbols_[index + code - first];
      index += counts_[bits];
      first = (first + counts_[bits]) << 1;
      code <<= 1;
    }
    return -1;
  }

 private:
  std::array<int, kMaxCodeBits + 1> counts_{};
  std::vector<int> symbols_;
};

struct Codes {
  HuffmanCode literals;
  HuffmanCode distances;
};

// RFC 1951, 3.2.6.
Codes FixedCodes() {
  std::vector<int> lengths(288, 8);
  for (int i = 144; i < 256; ++i) lengths[i] = 9;
  for (int i = 256; i < 280; ++i) lengths[i] = 7;
  return {*HuffmanCode::Make(lengths), *HuffmanCode::Make(std::vector<int>(30, 5))};
}

// RFC 1951, 3.2.7.
std::optional<Codes> ReadCodes(BitReader& in) {
  constexpr std::array<int, 19> kOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                          11, 4,  12, 3, 13, 2, 14, 1, 15};
  const int literal_count = in.Bits(5) + 257;
  const int distance_count = in.Bits(5) + 1;
  const int length_count = in.Bits(4) + 4;
  if (literal_count < 257 || distance_count < 1 || length_count < 4) return std::nullopt;
  std::vector<int> lengths(kOrder.size(), 0);
  for (int i = 0; i < length_count; ++i) {
    const int length = in.Bits(3);
    if (length < 0) return std::nullopt;
    lengths[kOrder[i]] = length;
  }
  const auto length_code = HuffmanCode::Make(lengths);
  if (!length_code) return std::nullopt;
  lengths.clear();
  const auto total = static_cast<size_t>(literal_count + distance_count);
  while (lengths.size() < total) {
    const int symbol = length_code->Read(in);
    if (symbol < 0) return std::nullopt;
    if (symbol < 16) {
      lengths.push_back(symbol);
      continue;
    }
    if (symbol == 16 && lengths.empty()) return std::nullopt;
    const int extra = in.Bits(symbol == 16 ? 2 : symbol == 17 ? 3 : 7);
    if (extra < 0) return std::nullopt;
    const int repeated = symbol == 16 ? lengths.back() : 0;
    lengths.insert(lengths.end(), static_cast<size_t>(extra + (symbol == 18 ? 11 : 3)), repeated);
  }
  if (lengths.size() > total) return std::nullopt;
  const auto middle = lengths.begin() + literal_count;
  auto literals = HuffmanCode::Make({lengths.begin(), middle});
  auto distances = HuffmanCode::Make({middle, lengths.end()});
  if (!literals || !distances) return std::nullopt;
  return Codes{*std::move(literals), *std::move(distances)};
}

class Inflater {
 public:
  Inflater(std::string_view packed, int64_t max_bytes) : in_(packed), max_bytes_(max_bytes) {}

  /// One stream of blocks; where it ended.
  Result<size_t> Run(std::string& out) {
    const size_t begin = out.size();
    int is_last = 0;
    while (is_last == 0) {
      is_last = in_.Bits(1);
      const int kind = in_.Bits(2);
      if (is_last < 0 || kind < 0) return BadGzip("is cut off");
      if (kind == 0) {
        RETURN_IF_ERROR(Stored(out));
      } else {
        const auto codes = kind == 1   ? std::optional<Codes>(FixedCodes())
                           : kind == 2 ? ReadCodes(in_)
                                       : std::nullopt;
        if (!codes) return BadGzip("is damaged or cut off");
        RETURN_IF_ERROR(Block(*codes, begin, out));
      }
    }
    in_.Align();
    return in_.offset();
  }

 private:
  Status Grow(size_t size) const {
    if (static_cast<int64_t>(size) <= max_bytes_) return {};
    return BadGzip("unpacks to more than " + std::to_string(max_bytes_) + " bytes");
  }

  Status Stored(std::string& out) {
    in_.Align();
    const int size = in_.Bits(16);
    const int complement = in_.Bits(16);
    if (size < 0 || complement != (~size & 0xffff)) return BadGzip("is damaged or cut off");
    RETURN_IF_ERROR(Grow(out.size() + static_cast<size_t>(size)));
    for (int i = 0; i < size; ++i) {
      const int byte = in_.Bits(8);
      if (byte < 0) return BadGzip("is cut off");
      out += static_cast<char>(byte);
    }
    return {};
  }

  Status Block(const Codes& codes, size_t begin, std::string& out) {
    constexpr std::array<int, 29> kLengths = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                              15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                              67, 83, 99, 115, 131, 163, 195, 227, 258};
    constexpr std::array<int, 29> kLengthBits = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    constexpr std::array<int, 30> kDistances = {
        1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
        193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
    while (true) {
      const int symbol = codes.literals.Read(in_);
      if (symbol == 256) return {};
      if (symbol < 0 || symbol > 285) return BadGzip("is damaged or cut off");
      if (symbol < 256) {
        RETURN_IF_ERROR(Grow(out.size() + 1));
        out += static_cast<char>(symbol);
        continue;
      }
      const int more = in_.Bits(kLengthBits[symbol - 257]);
      const int far = codes.distances.Read(in_);
      if (more < 0 || far < 0 || far > 29) return BadGzip("is damaged or cut off");
      const int far_more = in_.Bits(far < 4 ? 0 : far / 2 - 1);
      if (far_more < 0) return BadGzip("is cut off");
      const auto length = static_cast<size_t>(kLengths[symbol - 257] + more);
      const auto distance = static_cast<size_t>(kDistances[far] + far_more);
      if (distance > out.size() - begin) return BadGzip("is damaged");
      RETURN_IF_ERROR(Grow(out.size() + length));
      for (size_t i = 0; i < length; ++i) out += out[out.size() - distance];
    }
  }

  BitReader in_;
  int64_t max_bytes_;
};

uint32_t LittleEndian(std::string_view bytes) {
  uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

// Size of a member's header (RFC 1952, 2.3); nothing where it is none.
std::optional<size_t> HeaderSize(std::string_view member) {
  if (member.size() < 10 || member.substr(0, 3) != "\x1f\x8b\x08") return std::nullopt;
  const auto flags = static_cast<unsigned char>(member[3]);
  size_t at = 10;
  if ((flags & 4) != 0) {
    if (at + 2 > member.size()) return std::nullopt;
    at += 2 + static_cast<size_t>(static_cast<unsigned char>(member[at]) |
                                  static_cast<unsigned char>(member[at + 1]) << 8);
  }
  for (const int text : {8, 16}) {  // the file's name, a comment
    if ((flags & text) == 0) continue;
    const size_t end = member.find('\0', at);
    if (end == std::string_view::npos) return std::nullopt;
    at = end + 1;
  }
  if ((flags & 2) != 0) at += 2;
  return at <= member.size() ? std::optional(at) : std::nullopt;
}

}  // namespace

Result<std::string> Gunzip(std::string_view packed, int64_t max_bytes) {
  std::string out;
  do {
    const auto header = HeaderSize(packed);
    if (!header) return BadGzip("does not begin as one, or is cut off");
    packed.remove_prefix(*header);
    const size_t begin = out.size();
    ASSIGN_OR_RETURN(const size_t end, Inflater(packed, max_bytes).Run(out));
    packed.remove_prefix(end);
    if (packed.size() < 8) return BadGzip("is cut off");
    const std::string_view member = std::string_view(out).substr(begin);
    if (LittleEndian(packed) != Crc32(member) ||
        LittleEndian(packed.substr(4)) != static_cast<uint32_t>(member.size())) {
      return BadGzip("fails its checksum");
    }
    packed.remove_prefix(8);
  } while (!packed.empty());
  return out;
}

}  // namespace ember
