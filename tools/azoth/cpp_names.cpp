#include "cpp_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace azoth::command {
namespace {

constexpr std::array<std::string_view, 97> keywords{
    "alignas",   "alignof",  "and",      "and_eq",       "asm",       "auto",       "bitand",        "bitor",       "bool",
    "break",     "case",     "catch",    "char",         "char16_t",  "char32_t",   "char8_t",       "class",       "co_await",
    "co_return", "co_yield", "compl",    "concept",      "const",     "const_cast", "consteval",     "constexpr",   "constinit",
    "continue",  "decltype", "default",  "delete",       "do",        "double",     "dynamic_cast",  "else",        "enum",
    "explicit",  "export",   "extern",   "false",        "float",     "for",        "friend",        "goto",        "if",
    "inline",    "int",      "long",     "mutable",      "namespace", "new",        "noexcept",      "not",         "not_eq",
    "nullptr",   "operator", "or",       "or_eq",        "private",   "protected",  "public",        "register",    "reinterpret_cast",
    "requires",  "return",   "short",    "signed",       "sizeof",    "static",     "static_assert", "static_cast", "struct",
    "switch",    "template", "this",     "thread_local", "throw",     "true",       "try",           "typedef",     "typeid",
    "typename",  "union",    "unsigned", "using",        "virtual",   "void",       "volatile",      "wchar_t",     "while",
    "xor",       "xor_eq",   "errno",    "NULL",         "EOF",       "assert",     "stdin"};

bool is_plain(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string identifier(std::string name) {
    if (name.empty()) name = "_";
    if (std::isdigit(static_cast<unsigned char>(name.front())) != 0) name.insert(0, 1, 'n');
    // Names that begin with an underscore, or hold two, are the implementation's.
    while (name.size() > 1 && name.front() == '_') name.erase(0, 1);
    if (name == "_") name = "unnamed";
    for (auto at = name.find("__"); at != std::string::npos; at = name.find("__")) name.erase(at, 1);
    if (std::isdigit(static_cast<unsigned char>(name.front())) != 0) name.insert(0, 1, 'n');
    if (std::ranges::find(keywords, name) != keywords.end()) name += '_';
    return name;
}

}  // namespace

std::string struct_name(std::string_view table) {
    std::string name;
    bool starts_word = true;
    for (const char c : table) {
        if (!is_plain(c) || c == '_') {
            starts_word = true;
            continue;
        }
        name += starts_word ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        starts_word = false;
    }
    if (!name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) != 0) name.insert(0, 1, 'N');
    return identifier(name);
}

std::string member_name(std::string_view column) {
    std::string name;
    for (const char c : column) name += is_plain(c) ? c : '_';
    return identifier(name);
}

std::string cpp_literal(std::string_view text) {
    std::string made{"\""};
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') made += '\\';
        if (c == '\n') made += "\\n";
        else if (byte < 0x20 || byte == 0x7f) made += fmt::format("\\{:03o}", byte);
        else made += c;
    }
    return made + "\"";
}

}  // namespace azoth::command
