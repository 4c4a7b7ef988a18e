#include "connection.hpp"

#include "statement.hpp"

#include <fmt/format.h>

#include <ctime>
#include <filesystem>

namespace azoth::firebird {
namespace {

/// Seconds. What holds no lock of a row while it waits is in nobody's way, and in no deadlock that Firebird could find: preparing, and
/// statements by themselves, DDL among them.
constexpr int patience_alone = 10;

/// The words of a transaction: isc_tpb_ and so on.
parameter_bytes transaction_words(const transaction_options& options, int lock_timeout) {
    parameter_bytes words{isc_tpb_version3, static_cast<unsigned char>(options.read_only ? isc_tpb_read : isc_tpb_write), isc_tpb_wait};
    switch (options.isolation) {
        case isolation_level::repeatable_read:
        case isolation_level::snapshot: words.push_back(isc_tpb_concurrency); break;
        case isolation_level::serializable: words.push_back(isc_tpb_consistency); break;
        default: words.insert(words.end(), {isc_tpb_read_committed, isc_tpb_rec_version});
    }
    if (lock_timeout == 0) return words;  // only who waits without end is looked for in deadlocks
    const auto seconds = static_cast<unsigned>(lock_timeout);
    words.insert(words.end(), {isc_tpb_lock_timeout, 4, static_cast<unsigned char>(seconds), static_cast<unsigned char>(seconds >> 8),
                               static_cast<unsigned char>(seconds >> 16), static_cast<unsigned char>(seconds >> 24)});
    return words;
}

class attach_words {
public:
    attach_words() : words_{master().getUtilInterface()->getXpbBuilder(&status_, fb::IXpbBuilder::DPB, nullptr, 0)} {
        words_->insertString(&status_, isc_dpb_user_name, "SYSDBA");
        words_->insertString(&status_, isc_dpb_lc_ctype, "UTF8");
        words_->insertTag(&status_, isc_dpb_utf8_filename);
        words_->insertInt(&status_, isc_dpb_sql_dialect, SQL_DIALECT_V6);
        words_->insertString(&status_, isc_dpb_config, "DeadlockTimeout=1\n");  // seconds between two looks for deadlocks
    }
    ~attach_words() { words_->dispose(); }
    attach_words(const attach_words&) = delete;
    attach_words& operator=(const attach_words&) = delete;

    handle<fb::IAttachment> attach(const std::string& path) {
        return handle<fb::IAttachment>{master().getDispatcher()->attachDatabase(&status_, path.c_str(), words_->getBufferLength(&status_),
                                                                                words_->getBuffer(&status_))};
    }
    handle<fb::IAttachment> create(const std::string& path) {
        constexpr int largest_page = 16'384;  // keys of an index may be a quarter of it
        words_->insertInt(&status_, isc_dpb_page_size, largest_page);
        words_->insertString(&status_, isc_dpb_set_db_charset, "UTF8");
        return handle<fb::IAttachment>{master().getDispatcher()->createDatabase(&status_, path.c_str(), words_->getBufferLength(&status_),
                                                                                words_->getBuffer(&status_))};
    }

private:
    outcome status_{};
    fb::IXpbBuilder* words_;
};

/// Texts are equal where they have the same characters, blanks at their ends too: Firebird's own collations pass over those.
constexpr const char* exact_texts[]{"CREATE COLLATION AZOTH FOR UTF8 FROM UNICODE NO PAD",
                                    "ALTER CHARACTER SET UTF8 SET DEFAULT COLLATION AZOTH"};

/// The engine is in this process, and has its clock.
long minutes_to_utc() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    return -local.tm_gmtoff / 60;
}

}  // namespace

std::vector<url_option> known_options() {
    return {{"create", "whether a database that is not there is made (default off)", {"on", "off", "true", "false"}},
            {"lock_timeout",
             "seconds to wait for another connection's lock (default 0: without end in a transaction, where deadlocks are found; 10 for a "
             "statement by itself)",
             {}}};
}

settings read_settings(const url& target) {
    if (!target.hosts().empty())
        throw_error(errc::url_syntax, "embedded Firebird has no hosts: an absolute path has four slashes (firebird:////…)");
    if (target.database().empty()) throw_error(errc::url_syntax, "the URL names no file: firebird:////path/to/file.fdb");
    const option_reader options{target};
    return {.path = std::string{target.database()},
            .create = options.flag("create", false),
            .lock_timeout = static_cast<int>(options.number("lock_timeout", 0, 0, 86'400))};
}

handle<fb::ITransaction> session::start(const parameter_bytes& how) const {
    if (!attachment) throw_error(errc::closed, "the connection is closed");
    outcome s;
    return handle<fb::ITransaction>{attachment->startTransaction(&s, static_cast<unsigned>(how.size()), how.data())};
}

void session::end(bool keep) {
    if (!transaction) return;
    outcome s;
    if (keep) transaction->commit(&s);
    else transaction->rollback(&s);
    (void)transaction.release();  // it is gone with its end
}

connection::connection(const settings& to, const connect_args& args) : stepping_connection{args}, lock_timeout_{to.lock_timeout} {
    fill_profile(profile_);
    const bool is_new = to.create && !std::filesystem::exists(to.path);
    const int alone = lock_timeout_ == 0 ? patience_alone : lock_timeout_;
    session_->statement_transaction = transaction_words({}, alone);
    attach_words words;
    session_->attachment = is_new ? words.create(to.path) : words.attach(to.path);
    session_->preparing = session_->start(transaction_words({.read_only = true}, alone));
    run(fmt::format("SELECT RDB$SET_CONTEXT('USER_SESSION', 'TO_UTC', '{}') FROM RDB$DATABASE", minutes_to_utc()));
    if (!is_new) return;
    for (const char* sql : exact_texts) run(sql);
}

void connection::begin(const transaction_options& options) {
    if (!options.mode.empty())
        throw_error(errc::invalid_argument, "Firebird has no transaction mode \"" + options.mode + "\": say its isolation level");
    if (options.deferrable) throw_error(errc::not_supported, "Firebird has no deferrable transactions");
    session_->transaction = session_->start(transaction_words(settled(options), lock_timeout_));
}

void connection::commit() { session_->end(true); }
void connection::rollback() { session_->end(false); }

void connection::ping(const deadline& until) {
    if (!session_->attachment) throw_error(errc::closed, "the connection is closed");
    watched(until, [this] {
        outcome s;
        session_->attachment->ping(&s);
    });
}

std::unique_ptr<native_statement> connection::compile(std::string_view sql, bool) { return std::make_unique<statement>(session_, sql); }

bool connection::interrupt() noexcept {
    try {
        if (!session_->attachment) return false;
        outcome s;
        session_->attachment->cancelOperation(&s, fb_cancel_raise);
        return true;
    } catch (const std::exception&) {  // nothing runs
        return false;
    }
}

void connection::disconnect() noexcept {
    try {
        session_->end(false);
    } catch (const std::exception&) {  // the transaction goes with the attachment
        (void)session_->transaction.release();
    }
    if (!session_->attachment) return;
    statement::forget_all(*session_);
    session_->preparing.reset();
    try {
        outcome s;
        session_->attachment->detach(&s);
        (void)session_->attachment.release();
    } catch (const std::exception&) {
        session_->attachment.reset();
    }
}

}  // namespace azoth::firebird
