#include "connection.hpp"

#include "text_cursor.hpp"

#include <fmt/format.h>

namespace azoth::mysql {
namespace {

constexpr unsigned array_binding = MARIADB_CLIENT_STMT_BULK_OPERATIONS >> 32;

std::shared_ptr<session> open_session(const settings& to, const connect_args& args) { return std::make_shared<session>(to, args); }

}  // namespace

driver_facts libmariadb_facts() {
    driver_facts facts;
    facts.dialect = "mariadb";
    facts.driver = "libmariadb";
    facts.client_library = fmt::format("MariaDB Connector/C {}", mysql_get_client_info());
    facts.streaming = true;
    facts.cheap_prepare = true;  // a statement that runs once is prepared all the same
    facts.waits_through_waiter = true;
    return facts;
}

connection::connection(const settings& to, const connect_args& args)
    : connection_base{to, libmariadb_facts(), args.control_timeout}, session_{open_session(wanted(), args)} {
    set_up(mysql_get_server_info(session_->open()), args);
    session_->set_kill_sql(kill_sql());
    session_->set_messages(args.messages);
    session_->set_before_statement([this](const deadline& until) { before_statement(until); });
    bulk_ = std::make_unique<bulk_inserter>(session_, server().max_packet);
}

connection::~connection() { close(); }

std::unique_ptr<prepared_statement> connection::prepare(std::string_view sql) {
    return std::make_unique<prepared>(session_, sql, server().max_packet);
}

std::unique_ptr<cursor> connection::execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) {
    auto once = std::make_unique<statement>(session_, sql, server().max_packet);
    once->start(parameters, options);
    return once;
}

bool connection::can_bind_arrays() const {
    unsigned long can = 0;
    return mariadb_get_infov(session_->open(), MARIADB_CONNECTION_EXTENDED_SERVER_CAPABILITIES, &can) == 0 && (can & array_binding) != 0;
}

batch_result connection::insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) {
    const bool has_parameters = plan.row_pieces.size() > 1;
    if (plan.returns_rows || !plan.plain_rows || !has_parameters || !can_bind_arrays())
        return driver_connection::insert_many(plan, rows, returned, options);
    return bulk_->insert(plan, rows, options);
}

void connection::run_ahead(std::string_view sql, const deadline& until) { text_cursor{session_, sql, {.until = until}, true}; }

std::vector<text_row> connection::query(std::string_view sql, const deadline& until) {
    text_cursor rows{session_, sql, {.until = until}, true};
    return rows.read_all();
}

void connection::ping(const deadline& until) {
    MYSQL* on = session_->open();
    int failed = 0;
    session_->control([&] { return mysql_ping_start(&failed, on); }, [&](int events) { return mysql_ping_cont(&failed, on, events); },
                      until);
    if (failed != 0) session_->fail();
}

bool connection::reset_session(const deadline& until) {
    bulk_->forget();
    MYSQL* on = session_->open();
    int failed = 0;
    session_->control([&] { return mysql_reset_connection_start(&failed, on); },
                      [&](int events) { return mysql_reset_connection_cont(&failed, on, events); }, until);
    if (failed != 0) session_->fail();
    session_->session_was_reset();
    if (wanted().database.empty()) return true;
    session_->control([&] { return mysql_select_db_start(&failed, on, wanted().database.c_str()); },
                      [&](int events) { return mysql_select_db_cont(&failed, on, events); }, until);
    if (failed != 0) session_->fail();
    return true;
}

void connection::leave_prepared() {
    bulk_->forget();
    try {
        session_->reconnect(control_deadline());
        start_over(control_deadline());
    } catch (...) {
        session_->lose();
        throw;
    }
    session_->set_kill_sql(kill_sql());
}

void connection::close() noexcept {
    if (bulk_) bulk_->forget();
    session_->close();
}

void connection::abandon() noexcept {
    session_->abandon();
    if (bulk_) bulk_->forget();
}

}  // namespace azoth::mysql
