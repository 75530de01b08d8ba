using ReplicatedBook.Node;
using ReplicatedBook.Node.Hosting;
using ReplicatedBook.Node.Restoring;

return args is [RestoreCommand.Name, .. var rest]
    ? RestoreCommand.Run(rest, Console.Out, Console.Error)
    : await NodeHost.RunAsync(args, services => services.AddRaftLog());
