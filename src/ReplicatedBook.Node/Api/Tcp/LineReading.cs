namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>What came of reading a line: one of the two.</summary>
/// <param name="Command">The command; null where there is a defect.</param>
/// <param name="Defect">What is wrong with the line; null where there is a command.</param>
internal readonly record struct LineReading(LineCommand? Command, LineDefect? Defect);
