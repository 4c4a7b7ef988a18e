#pragma once

#include <azoth/driver/stepping.hpp>

#include <atomic>
#include <memory>
#include <span>

namespace azoth::detail {

/// What a connection and its statements share.
struct stepping_link {
    explicit stepping_link(call_watch::killer kill) : watch{std::make_unique<call_watch>(std::move(kill))} {}

    std::unique_ptr<call_watch> watch;
    unsigned generation{};  ///< statements of an older one are refused
    bool closed{};
    bool abandoned{};
    std::atomic<bool> cancelled{};  ///< while a result was open, between two steps perhaps: its next step tells
};

/// Runs a call of the API; what ended it by deadline, stop or cancellation is told as such.
class watched_call {
public:
    watched_call(stepping_link& link, const deadline& until, const stop_token& stop);
    ~watched_call();
    watched_call(const watched_call&) = delete;
    watched_call& operator=(const watched_call&) = delete;
    template <class Call>
    auto run(Call&& call) {
        try {
            return call();
        } catch (const native_error& e) {
            explain(e);
            throw;
        }
    }

private:
    void explain(const native_error& e) const;
    stepping_link& link_;
};

/// A statement, what is bound, and the result that it is giving.
class stepping_cursor final : public cursor {
public:
    enum class lifetimes : unsigned char { once, kept };

    stepping_cursor(std::shared_ptr<stepping_link> link, std::unique_ptr<native_statement> native, lifetimes lifetime);
    ~stepping_cursor() override;
    stepping_cursor(const stepping_cursor&) = delete;
    stepping_cursor& operator=(const stepping_cursor&) = delete;

    /// Binds and runs up to the first row.
    void start(std::span<const cell> parameters, const execute_options& options);

    [[nodiscard]] std::span<const column_info> columns() const override;
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override;
    [[nodiscard]] std::int64_t affected_rows() const override { return affected_; }
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const override { return last_id_; }
    void close() noexcept override;

private:
    enum class state : unsigned char { idle, row_waiting, running, buffered, done };

    void require_alive() const;
    void bind_all(std::span<const cell> parameters);
    void run_to_first_row();
    /// Whether there is a row.
    bool step();
    void finish();
    void read_ahead();
    void close_execution() noexcept;

    std::shared_ptr<stepping_link> link_;
    std::unique_ptr<native_statement> native_;
    unsigned generation_;
    lifetimes lifetime_;
    state state_{state::idle};
    std::size_t width_{};
    deadline until_{};
    stop_token stop_{};
    std::int64_t affected_{-1};
    std::optional<std::int64_t> last_id_{};
    row_buffer ahead_{};
};

}  // namespace azoth::detail
