#include <file_descriptor.hpp>
#include <line_reader.hpp>

#include <catch2/catch.hpp>

#include <unistd.h>

#include <string>
#include <thread>

using namespace azoth::conformance;

namespace {

struct pipe_ends {
    file_descriptor read;
    file_descriptor write;
};

pipe_ends make_pipe() {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    return {file_descriptor{ends[0]}, file_descriptor{ends[1]}};
}

void write(const pipe_ends& to, const std::string& text) { REQUIRE(write_all(to.write.get(), text.data(), text.size())); }

}  // namespace

TEST_CASE("lines come whole, however they were written") {
    pipe_ends p = make_pipe();
    line_reader reader{p.read.get()};
    write(p, "one\ntwo\nthr");
    CHECK(reader.wait_for_line() == "one");
    CHECK(reader.line() == "two");
    CHECK_FALSE(reader.line());
    write(p, "ee\n\n");
    CHECK(reader.wait_for_line() == "three");
    CHECK(reader.wait_for_line() == "");
    write(p, "no newline");
    p.write.close();
    CHECK_FALSE(reader.wait_for_line());
}

TEST_CASE("a line may be longer than a pipe holds") {
    pipe_ends p = make_pipe();
    line_reader reader{p.read.get()};
    const std::string text(1'000'000, 'x');
    std::thread writer{[&] { (void)write_all(p.write.get(), (text + "\n").data(), text.size() + 1); }};
    const auto line = reader.wait_for_line();
    writer.join();
    CHECK(line == text);
}
