#include "progress_bar.hpp"

#include "text_width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace azoth::command {
namespace {

constexpr std::chrono::milliseconds between_draws{100};
constexpr std::chrono::seconds between_lines{10};
constexpr std::chrono::seconds rated_over{5};
constexpr std::size_t shortest_bar = 5;
constexpr std::size_t widest_bar = 30;

std::size_t width_of_terminal() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 ? size.ws_col : 80;
}

std::string left_to_do(double seconds) {
    const auto s = std::llround(seconds);
    if (s >= 3600) return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
    return fmt::format("{}:{:02}", s / 60, s % 60);
}

std::string bar(double part, std::size_t width) {
    const auto full = static_cast<std::size_t>(part * static_cast<double>(width));
    std::string text;
    for (std::size_t i = 0; i < width; ++i) text += i < full ? "█" : "░";
    return text;
}

}  // namespace

std::string grouped(std::int64_t number) {
    std::string text = fmt::format("{}", number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

progress_bar::progress_bar(std::string title, std::int64_t total, std::string unit)
    : title_{std::move(title)}, unit_{std::move(unit)}, total_{total}, is_terminal_{isatty(STDERR_FILENO) != 0} {
    shown_ = started_;
}

progress_bar::~progress_bar() {
    if (drawn_ != 0) std::fputs("\n", stderr);
}

std::string progress_bar::line(std::int64_t done, std::size_t width) const {
    const sample& since = recent_.front();
    const double seconds = std::chrono::duration<double>(clock::now() - since.when).count();
    const double rate = seconds > 0 ? static_cast<double>(done - since.done) / seconds : 0;
    const double part = total_ > 0 ? std::min(1.0, static_cast<double>(done) / static_cast<double>(total_)) : 1.0;
    const std::string percent = fmt::format("{:3.0f} %", 100 * part);
    const std::string count = fmt::format("  {} of {} {}", grouped(done), grouped(total_), unit_);
    const std::string speed = rate >= 1 ? fmt::format("  {}/s", grouped(static_cast<std::int64_t>(rate))) : "";
    const std::string left =
        rate > 0 && done < total_ ? fmt::format("  {} left", left_to_do(static_cast<double>(total_ - done) / rate)) : "";
    if (width == 0) return title_ + ' ' + percent + count + speed + left;
    // What matters least goes first where there is no room.
    std::string numbers = percent + count + speed + left;
    if (title_.size() + 1 + numbers.size() >= width) numbers = percent + count + left;
    if (title_.size() + 1 + numbers.size() >= width) numbers = percent + left;
    const std::size_t rest = title_.size() + numbers.size() + 3;
    const std::size_t room = width > rest + shortest_bar ? std::min(widest_bar, width - rest) : 0;
    std::string text = title_ + ' ' + bar(part, room) + (room == 0 ? "" : " ") + numbers;
    if (const std::size_t used = display_width(text); !at_.empty() && used + 10 < width) text += "  " + fitted(at_, width - used - 3);
    return fitted(text, width - 1);
}

/// A terminal that has got narrower has broken the line into several.
void progress_bar::draw(const std::string& line, std::size_t width) {
    const std::size_t rows_above = drawn_ == 0 ? 0 : (drawn_ - 1) / width;
    if (rows_above != 0) fmt::print(stderr, "\x1b[{}A", rows_above);
    fmt::print(stderr, "\r\x1b[J{}", line);
    std::fflush(stderr);
    drawn_ = display_width(line);
}

void progress_bar::show(std::int64_t done) {
    const auto now = clock::now();
    if (recent_.empty()) recent_.push_back({now, done});
    if (now - shown_ < (is_terminal_ ? clock::duration{between_draws} : clock::duration{between_lines})) return;
    shown_ = now;
    while (recent_.size() > 1 && now - recent_[1].when > rated_over) recent_.pop_front();
    recent_.push_back({now, done});
    if (!is_terminal_) {
        fmt::print(stderr, "{}\n", line(done, 0));
        return;
    }
    const std::size_t width = width_of_terminal();
    draw(line(done, width), width);
}

void progress_bar::finish(std::int64_t done) {
    if (drawn_ != 0) draw({}, width_of_terminal());
    const double seconds = std::chrono::duration<double>(clock::now() - started_).count();
    fmt::print(stderr, "{}  {} {} in {:.1f} s\n", title_, grouped(done), unit_, seconds);
}

}  // namespace azoth::command
