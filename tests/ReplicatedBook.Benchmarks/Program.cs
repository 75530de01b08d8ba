using ReplicatedBook.Benchmarks.Matching;

switch (args.FirstOrDefault())
{
    case "matching":
        return MatchingBenchmark.Run(only: args.ElementAtOrDefault(1) ?? "");
    default:
        Console.Error.WriteLine("usage: ReplicatedBook.Benchmarks matching");
        return 2;
}
