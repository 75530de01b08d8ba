using ReplicatedBook.Node;
using ReplicatedBook.Node.Hosting;

return await NodeHost.RunAsync(args, services => services.AddRaftLog());
