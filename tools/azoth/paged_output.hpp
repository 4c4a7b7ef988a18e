#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <ostream>
#include <streambuf>
#include <string>

namespace azoth::command {

/// The pager that shows what is longer than the terminal: the user's $PAGER, else less; empty where there is none.
std::string usual_pager();

/// A stream that is kept until it is longer than the terminal is high, and goes to a pager from then on; what is shorter goes to `plain`
/// at the end. Once the pager has been left, the stream fails: what follows is of no use.
class paged_output : private std::streambuf {
public:
    /// An empty pager: all goes to `plain` at once.
    /// `started` is called when the pager is.
    paged_output(std::ostream& plain, std::string pager, std::size_t height, std::function<void()> started);
    ~paged_output() override { finish(); }
    paged_output(const paged_output&) = delete;
    paged_output& operator=(const paged_output&) = delete;

    /// Writes what has been kept, or waits until the pager has been left.
    void finish() noexcept;
    [[nodiscard]] std::ostream& stream() noexcept { return pager_.empty() ? plain_ : stream_; }

private:
    int_type overflow(int_type c) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    bool put(std::string_view text);
    bool start();

    struct ended {
        void operator()(FILE* pipe) const noexcept { pclose(pipe); }
    };

    std::ostream& plain_;
    std::string pager_;
    std::size_t height_;
    std::function<void()> started_;
    std::string held_{};
    std::size_t lines_{};
    std::unique_ptr<FILE, ended> pipe_{};
    std::ostream stream_{this};
};

}  // namespace azoth::command
