#include "connection.hpp"

#include "bulk.hpp"
#include "literal.hpp"
#include "sql_words.hpp"

#include "sql/classify.hpp"

#include <cppconn/metadata.h>
#include <fmt/format.h>

namespace azoth::mysql::connector {
namespace {

constexpr int transaction_runs = 1568;  // ER_CANT_CHANGE_TX_CHARACTERISTICS

std::string version_told(lib::Connection& on) { return on.getMetaData()->getDatabaseProductVersion().asStdString(); }

}  // namespace

connection::connection(settings wanted, driver_facts driver, protocols protocol, const connect_args& args)
    : connection_base{wanted, std::move(driver), args.control_timeout},
      protocol_{protocol},
      session_{std::make_shared<session>(std::move(wanted), args.control_timeout)},
      keys_{*session_} {
    session_->connect(args.until);
    try {
        set_up(version_told(session_->connection()), args);
    } catch (const timeout_error&) {
        throw_too_late(session_->wanted(), session_->host());
    }
    introduce();
    session_->set_messages(args.messages);
    session_->before_statement = [this](const deadline& until) { before_statement(until); };
    session_->find_key = [this](std::string_view sql) { return keys_.find(sql); };
    session_->forget_keys = [this] { keys_.forget(); };
}

connection::~connection() {
    session_->before_statement = nullptr;
    session_->find_key = nullptr;
    session_->forget_keys = nullptr;
    close();
}

void connection::introduce() {
    session_->set_server_id(server().connection_id);
    session_->set_max_packet(server().max_packet);
    router_ = std::make_shared<router>(session_, !uses_text());
}

void connection::server_profile(profile& out) const {
    out = known_profile();
    out.can.streaming = out.can.streaming && uses_text();
}

std::unique_ptr<prepared_statement> connection::prepare(std::string_view sql) {
    return std::make_unique<routed_statement>(session_, router_, sql);
}

namespace {

/// A prepared statement that runs once: its own cursor.
class library_cursor final : public cursor {
public:
    library_cursor(const std::shared_ptr<session>& on, std::string_view sql, std::span<const cell> parameters,
                   const execute_options& options)
        : statement_{on, sql, options.until} {
        statement_.execute(parameters, options);
    }
    [[nodiscard]] std::span<const column_info> columns() const override { return statement_.columns(); }
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override { return statement_.fetch(out, max_rows); }
    bool next_result() override { return statement_.next_result(); }
    [[nodiscard]] std::int64_t affected_rows() const override { return statement_.affected_rows(); }
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const override { return statement_.last_insert_id(); }
    void close() noexcept override { statement_.close(); }

private:
    library_statement statement_;
};

}  // namespace

std::unique_ptr<cursor> connection::execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) {
    session_->make_ready(options.until);
    const bool is_plain = parameters.empty() && !may_return_values(sql);
    const bool is_large = !session_->takes(literal_size(parameters) + 2 * sql.size());
    if (is_plain || (!is_large && router_->route_of(sql, options.until) == routes::text))
        return run_text_once(session_, sql, parameters, options);
    try {
        return std::make_unique<library_cursor>(session_, sql, parameters, options);
    } catch (const native_error& e) {
        if (!is_not_preparable(e.code()) || !parameters.empty()) throw;
        return run_text_once(session_, sql, parameters, options);
    }
}

batch_result connection::insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) {
    if (plan.row_pieces.empty()) throw_error(errc::invalid_argument, "a batch plan without row pieces cannot be run");
    if (plan.returns_rows && router_->route_of(values_sql(plan, 1), options.until) == routes::library)
        return driver_connection::insert_many(plan, rows, returned, options);
    keys_.forget();
    return bulk_inserter{session_, plan, known_profile().can.keys_ascend_in_batches}.insert(rows, returned, options);
}

void connection::run(std::string_view sql, const deadline& until) {
    session_->close_open();
    session_->text() = sql;
    const session::running here{*session_, until, {}, watch::manners::cut};
    (void)session_->send();
}

void connection::run_ahead(std::string_view sql, const deadline& until) {
    session_->text() = sql;
    const session::running here{*session_, until, {}, watch::manners::ask_first};
    (void)session_->send();
}

std::vector<text_row> connection::query(std::string_view sql, const deadline& until) {
    session_->close_open();
    const session::running here{*session_, until, {}, watch::manners::cut};
    return session_->query(sql);
}

void connection::begin(const transaction_options& options) {
    connection_base::begin(options);
    session_->note_transaction(true);
}

void connection::commit() {
    connection_base::commit();
    session_->note_transaction(false);
}

void connection::rollback() {
    connection_base::rollback();
    session_->note_transaction(false);
}

bool connection::server_in_transaction() const {
    if (!session_->is_usable()) return false;
    if (const auto known = session_->runs_transaction()) return *known;
    session_->keep_open();
    const session::running here{*session_, control_deadline(), {}, watch::manners::cut};
    const bool runs = server().is_mariadb() ? ask_for("@@in_transaction") : ask_mysql_for_transaction();
    session_->note_transaction(runs);
    // Only then does every statement that follows a COMMIT begin a transaction by itself.
    if (session_->may_begin_by_itself()) session_->note_autocommit(!ask_for("@@autocommit = 0 OR @@completion_type <> 'NO_CHAIN'"));
    return runs;
}

bool connection::ask_for(std::string_view condition) const {
    const auto told = session_->query(fmt::format("SELECT {}", condition));
    return !told.empty() && told.front().front() == "1";
}

bool connection::ask_mysql_for_transaction() const {
    try {
        session_->text() = "SET TRANSACTION READ WRITE";  // what is so anyway; refused inside a transaction
        (void)session_->send();
        return false;
    } catch (const native_error& e) {
        if (e.code() != transaction_runs) throw;
        return true;
    }
}

bool connection::reset_session(const deadline& until) {
    session_->connect(until);
    keys_.start_over();
    return true;
}

bool connection::reset() {
    const bool done = connection_base::reset();
    if (done) introduce();
    return done;
}

void connection::leave_prepared() {
    try {
        (void)reset();
    } catch (...) {
        session_->lose();
        throw;
    }
}

void connection::ping(const deadline& until) {
    session_->close_open();
    const session::running here{*session_, until, {}, watch::manners::cut};
    session_->ping();
}

void connection::close() noexcept {
    if (!session_->is_abandoned()) session_->close(session_->bounded());
}

}  // namespace azoth::mysql::connector
