#include "api.hpp"

#include <algorithm>
#include <array>

namespace azoth::firebird {
namespace {

/// What SQLSTATE does not tell, in the order in which it counts: one error of Firebird's is a list of codes.
constexpr std::array rules{
    error_rule{.code = isc_command_end_err2, .meaning = errc::sql_syntax},
    error_rule{.code = isc_unique_key_violation, .meaning = errc::unique_violation},
    error_rule{.code = isc_no_dup, .meaning = errc::unique_violation},
    error_rule{.code = isc_foreign_key, .meaning = errc::foreign_key_violation},
    error_rule{.code = isc_check_constraint, .meaning = errc::check_violation},
    error_rule{.code = isc_not_valid, .meaning = errc::not_null_violation},
    error_rule{.code = isc_cancelled, .meaning = errc::cancelled},
    error_rule{.code = isc_update_conflict, .meaning = errc::serialization, .retryable = true},
    error_rule{.code = isc_lock_timeout, .meaning = errc::locked, .retryable = true},
    error_rule{.code = isc_deadlock, .meaning = errc::deadlock, .retryable = true},
    error_rule{.code = isc_lock_conflict, .meaning = errc::locked, .retryable = true},
    error_rule{.code = isc_obj_in_use, .meaning = errc::locked, .retryable = true},
    error_rule{.code = isc_read_only_trans, .meaning = errc::read_only},
    error_rule{.code = isc_read_only_database, .meaning = errc::read_only},
    error_rule{.code = isc_no_priv, .meaning = errc::permission_denied},
    error_rule{.code = isc_login, .meaning = errc::permission_denied},
    error_rule{.code = isc_io_error, .meaning = errc::connect_failed},
    error_rule{.code = isc_network_error, .meaning = errc::disconnected, .disconnect = true},
    error_rule{.code = isc_net_read_err, .meaning = errc::disconnected, .disconnect = true},
    error_rule{.code = isc_net_write_err, .meaning = errc::disconnected, .disconnect = true},
    error_rule{.code = isc_att_shutdown, .meaning = errc::disconnected, .disconnect = true},
    error_rule{.code = isc_shutdown, .meaning = errc::disconnected, .disconnect = true},
};

/// The codes of an error, and the first text behind each: mostly a name.
struct told {
    int code;
    const char* text;
};

std::vector<told> read_vector(const intptr_t* at) {
    std::vector<told> all;
    while (*at != isc_arg_end) {
        if (*at == isc_arg_gds) all.push_back({static_cast<int>(at[1]), nullptr});
        if (*at == isc_arg_string && !all.empty() && !all.back().text) all.back().text = reinterpret_cast<const char*>(at[1]);
        at += *at == isc_arg_cstring ? 3 : 2;
    }
    return all;
}

/// The constraint that an error names; of a NULL the column: "TABLE"."COLUMN".
std::string constraint_of(const told& error) {
    switch (error.code) {
        case isc_unique_key_violation:
        case isc_no_dup:
        case isc_foreign_key:
        case isc_check_constraint: break;
        case isc_not_valid: {
            const std::string_view column = error.text ? error.text : "";
            const auto quote = column.rfind("\".\"");
            return quote == std::string_view::npos ? std::string{} : swapped_case(column.substr(quote + 3, column.size() - quote - 4));
        }
        default: return {};
    }
    std::string name = error.text ? error.text : "";
    std::erase(name, '"');
    return swapped_case(name);
}

/// Firebird cuts a text where it stops reading it, in the middle of a character too.
std::string valid_utf8(std::string text) {
    while (!is_valid_utf8(text)) {
        const auto bad = std::ranges::find_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; });
        std::replace_if(
            bad, text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }, '?');
    }
    return text;
}

}  // namespace

fb::IMaster& master() {
    static fb::IMaster& only = *fb::fb_get_master_interface();
    return only;
}

void outcome::checkException(outcome* of) {
    if (!of->isDirty() || (of->getState() & fb::IStatus::STATE_ERRORS) == 0) return;
    const auto all = read_vector(of->getErrors());
    told main = all.empty() ? told{} : all.front();
    for (const error_rule& rule : rules) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const told& t) { return t.code == rule.code; });
        if (found == all.end()) continue;
        main = *found;
        break;
    }
    std::array<char, 4096> words{};
    master().getUtilInterface()->formatStatus(words.data(), words.size(), of->status);
    std::array<char, 6> sqlstate{};
    fb_sqlstate(sqlstate.data(), of->getErrors());
    std::string constraint = constraint_of(main);
    of->clearException();
    std::string message = valid_utf8(words.data());
    for (auto line = message.find("\n-"); line != std::string::npos; line = message.find("\n-")) message.replace(line, 2, "; ");
    throw native_error(main.code, std::move(message), sqlstate.data(), std::move(constraint));
}

error_class classify(const native_error& error) { return classify_by(rules, error); }

}  // namespace azoth::firebird
