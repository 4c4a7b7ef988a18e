#include <azoth/conformance/program.hpp>

int main(int argc, char** argv) { return azoth::conformance::run_program(argc, argv); }
