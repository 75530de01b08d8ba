using ReplicatedBook.Cli;

return await CommandLine.RunAsync(args);
