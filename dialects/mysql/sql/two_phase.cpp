#include "two_phase.hpp"

#include <fmt/format.h>

namespace azoth::mysql {
namespace {

using std::string_view;

constexpr int format_id = 0x417a;       // "Az": XA RECOVER shows the whole server's transactions, other programs' too
constexpr std::size_t most_bytes = 64;  // of either part of an xid

std::uint64_t fnv(string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

/// A database's name may be longer than an xid's part.
std::string branch_of(string_view database) {
    if (database.size() <= most_bytes) return std::string{database};
    return fmt::format("{}{:016x}", database.substr(0, most_bytes - 16), fnv(database));
}

std::string hexadecimal(string_view bytes) {
    std::string text = "X'";
    for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return text + "'";
}

/// A row of XA RECOVER: who made the transaction, and its two parts.
std::string id_in(const text_row& row, string_view branch) {
    if (row.size() < 4 || row[0] != fmt::format("{}", format_id) || !row[1] || !row[3]) return {};
    const std::string& data = *row[3];
    const std::size_t length = std::stoul(*row[1]);
    if (length > data.size() || string_view{data}.substr(length) != branch) return {};
    return data.substr(0, length);
}

}  // namespace

std::string xid(string_view id, string_view database) {
    if (id.empty()) throw_error(errc::invalid_argument, "a two-phase transaction needs an id that is not empty");
    if (id.size() > most_bytes)
        throw_error(errc::invalid_argument, fmt::format("the id \"{}\" of a two-phase transaction has {} bytes: MySQL and MariaDB take {}",
                                                        id, id.size(), most_bytes));
    return fmt::format("{}, {}, {}", hexadecimal(id), hexadecimal(branch_of(database)), format_id);
}

std::vector<std::string> ids_of(const std::vector<text_row>& recovered, string_view database) {
    const std::string branch = branch_of(database);
    std::vector<std::string> ids;
    for (const auto& row : recovered)
        if (std::string id = id_in(row, branch); !id.empty()) ids.push_back(std::move(id));
    return ids;
}

}  // namespace azoth::mysql
