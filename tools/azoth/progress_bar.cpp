#include "progress_bar.hpp"

#include "text_width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace azoth::command {
namespace {

constexpr std::chrono::milliseconds between_draws{100};
constexpr std::chrono::seconds between_lines{10};
constexpr std::size_t widest_bar = 30;

std::size_t width_of_terminal() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 ? size.ws_col : 80;
}

std::string left_to_do(double seconds) {
    const auto s = static_cast<std::int64_t>(seconds + 0.5);
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

progress_bar::progress_bar(std::string title, std::int64_t total)
    : title_{std::move(title)}, total_{total}, is_terminal_{isatty(STDERR_FILENO) != 0} {
    shown_ = started_;
}

progress_bar::~progress_bar() {
    if (is_drawn_) std::fputs("\n", stderr);
}

std::string progress_bar::line(std::int64_t done, std::size_t width) const {
    const double seconds = std::chrono::duration<double>(clock::now() - started_).count();
    const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    const double part = total_ > 0 ? std::min(1.0, static_cast<double>(done) / static_cast<double>(total_)) : 1.0;
    std::string numbers = fmt::format("{} of {} rows  {}/s", grouped(done), grouped(total_), grouped(static_cast<std::int64_t>(rate)));
    if (rate > 0 && done < total_) numbers += fmt::format("  {} left", left_to_do(static_cast<double>(total_ - done) / rate));
    if (width == 0) return fmt::format("{}  {:.0f} %  {}", title_, 100 * part, numbers);
    const std::size_t rest = title_.size() + numbers.size() + 12;
    const std::size_t room = width > rest ? std::min(widest_bar, width - rest) : 0;
    return fitted(fmt::format("{} {} {:3.0f} %  {}", title_, bar(part, room), 100 * part, numbers), width - 1);
}

void progress_bar::show(std::int64_t done) {
    const auto now = clock::now();
    if (now - shown_ < (is_terminal_ ? clock::duration{between_draws} : clock::duration{between_lines})) return;
    shown_ = now;
    if (!is_terminal_) {
        fmt::print(stderr, "{}\n", line(done, 0));
        return;
    }
    fmt::print(stderr, "\r\x1b[2K{}", line(done, width_of_terminal()));
    std::fflush(stderr);
    is_drawn_ = true;
}

void progress_bar::finish(std::int64_t done) {
    if (is_drawn_) fmt::print(stderr, "\r\x1b[2K");
    is_drawn_ = false;
    const double seconds = std::chrono::duration<double>(clock::now() - started_).count();
    fmt::print(stderr, "{}  {} rows in {:.1f} s\n", title_, grouped(done), seconds);
}

}  // namespace azoth::command
