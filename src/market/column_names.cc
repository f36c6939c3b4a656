#include "market/column_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace ember {
namespace {

using Names = std::string_view;
constexpr auto kTicker =
    std::to_array<Names>({"ticker", "symbol", "name", "sym", "actsymbol", "stockid", "stock",
                          "instrument", "security", "bbgticker", "ric", "isin", "wkn"});
constexpr auto kDate =
    std::to_array<Names>({"date", "tradedate", "datetime", "timestamp", "ts", "windowstart", "time",
                          "t", "day", "tradingday", "datum", "fecha"});
constexpr auto kOpen = std::to_array<Names>({"open", "openprice", "o", "pxopen", "eröffnung",
                                             "eroeffnung", "erster", "apertura", "ouverture"});
constexpr auto kHigh = std::to_array<Names>(
    {"high", "highprice", "h", "pxhigh", "hoch", "máximo", "maximo", "plushaut"});
constexpr auto kLow =
    std::to_array<Names>({"low", "lowprice", "l", "pxlow", "tief", "mínimo", "minimo", "plusbas"});
constexpr auto kClose = std::to_array<Names>(
    {"close", "closeprice", "c", "close/last", "last", "price", "pxlast", "lastprice", "schluss",
     "schlusskurs", "kurs", "cierre", "clôture", "cloture"});
constexpr auto kVolume =
    std::to_array<Names>({"volume", "vol", "v", "pxvolume", "volumen", "stück", "stueck"});
constexpr auto kAdjusted = std::to_array<Names>({"adjclose", "adjustedclose"});

constexpr auto kColumns = std::to_array<BarColumnNames>({
    {"ticker", kTicker},
    {"date", kDate},
    {"open", kOpen},
    {"high", kHigh},
    {"low", kLow},
    {"close", kClose},
    {"volume", kVolume},
    {"adj_close", kAdjusted},
});

std::string Normal(std::string_view header) {
  std::string out;
  for (const char c : header) {
    if (c != ' ' && c != '_' && c != '-')
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

}  // namespace

std::span<const BarColumnNames> KnownBarColumns() { return kColumns; }

std::vector<HeaderMapping> MapHeaders(std::span<const std::string> headers) {
  std::vector<HeaderMapping> mapping;
  std::set<std::string> taken;
  for (const BarColumnNames& column : kColumns) {
    HeaderMapping& entry =
        mapping.emplace_back(HeaderMapping{.role = column.role, .header = std::nullopt});
    for (const std::string_view spelling : column.spellings) {
      const auto found =
          std::find_if(headers.begin(), headers.end(), [&](const std::string& header) {
            return Normal(header) == spelling && !taken.contains(header);
          });
      if (found == headers.end()) continue;
      entry.header = *found;
      taken.insert(*found);
      break;
    }
  }
  return mapping;
}

}  // namespace ember
