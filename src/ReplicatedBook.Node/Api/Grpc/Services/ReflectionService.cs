using Google.Protobuf;
using Google.Protobuf.Reflection;
using ReplicatedBook.Contracts.Grpc.Reflection;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Security;
using Asked = ReplicatedBook.Contracts.Grpc.Reflection.ServerReflectionRequest.MessageRequestOneofCase;
using Former = ReplicatedBook.Contracts.Grpc.Reflection.Alpha;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>Tells tools what is served: services, and the proto files behind them. Under the name of its first version
/// as well, whose messages have the same bytes.</summary>
internal sealed class ReflectionService(IServiceProvider services) : IGrpcService
{
    private static readonly ServiceDescriptor Service =
        ReflectionReflection.Descriptor.FindTypeByName<ServiceDescriptor>("ServerReflection");

    private static readonly ServiceDescriptor FormerService =
        Former.ReflectionReflection.Descriptor.FindTypeByName<ServiceDescriptor>("ServerReflection");

    private readonly Lazy<Dictionary<string, FileDescriptor>> _files = new(() => FilesOf(services));

    /// <inheritdoc/>
    public IEnumerable<GrpcMethod> Methods =>
        [MethodOf(Service), MethodOf(FormerService)];

    private GrpcMethod MethodOf(ServiceDescriptor service) =>
        GrpcMethod.Duplex(service, "ServerReflectionInfo", GrpcAccess.Of(RoutePolicy.Public), RunAsync);

    private async Task<GrpcStatus> RunAsync(GrpcCall call)
    {
        await call.Output.FlushAsync(call.Cancellation); // The client may wait for headers before it asks anything.
        while (true)
        {
            var read = await call.Input.ReadAsync(call.Cancellation);
            var buffer = read.Buffer;
            GrpcStatus? fault;
            while (call.TryTake(ref buffer, out var message, out fault))
            {
                var request = Frames.Parse(ServerReflectionRequest.Parser, message);
                if (request.Message is not { } asked)
                {
                    return request.Refusal!;
                }

                await call.SendAsync(Answer(asked));
            }

            if (fault is not null)
            {
                return fault;
            }

            call.Input.AdvanceTo(buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return buffer.IsEmpty ? GrpcStatus.Ok : GrpcStatus.Malformed("the last frame breaks off");
            }
        }
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest asked)
    {
        var answer = new ServerReflectionResponse { ValidHost = asked.Host, OriginalRequest = asked };
        switch (asked.MessageRequestCase)
        {
            case Asked.ListServices:
                answer.ListServicesResponse = new ListServiceResponse
                {
                    Service = { ServiceNames().Select(name => new ServiceResponse { Name = name }) },
                };
                break;
            case Asked.FileByFilename when _files.Value.TryGetValue(asked.FileByFilename, out var file):
                answer.FileDescriptorResponse = With(file);
                break;
            case Asked.FileContainingSymbol when FileOf(asked.FileContainingSymbol) is { } file:
                answer.FileDescriptorResponse = With(file);
                break;
            default:
                answer.ErrorResponse = new ErrorResponse
                {
                    ErrorCode = (int)GrpcCode.NotFound,
                    ErrorMessage = "no such file, symbol or extension",
                };
                break;
        }

        return answer;
    }

    private IEnumerable<string> ServiceNames() => services.GetRequiredService<GrpcMethods>().All
        .Select(method => method.Descriptor.Service.FullName)
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>A file with all that it imports, so that nobody need ask again.</summary>
    private static FileDescriptorResponse With(FileDescriptor file)
    {
        var all = new List<FileDescriptor>();
        Collect(file);
        return new FileDescriptorResponse { FileDescriptorProto = { all.Select(each => each.SerializedData) } };

        void Collect(FileDescriptor each)
        {
            if (!all.Contains(each))
            {
                all.Add(each);
                foreach (var imported in each.Dependencies)
                {
                    Collect(imported);
                }
            }
        }
    }

    private FileDescriptor? FileOf(string symbol) =>
        _files.Value.Values.FirstOrDefault(file => Symbols(file).Contains(symbol));

    private static IEnumerable<string> Symbols(FileDescriptor file) =>
    [
        .. file.Services.SelectMany(service =>
            service.Methods.Select(method => method.FullName).Append(service.FullName)),
        .. file.MessageTypes.SelectMany(Symbols),
        .. file.EnumTypes.Select(type => type.FullName),
    ];

    private static IEnumerable<string> Symbols(MessageDescriptor message) =>
    [
        message.FullName,
        .. message.NestedTypes.SelectMany(Symbols),
        .. message.EnumTypes.Select(type => type.FullName),
        .. message.Fields.InDeclarationOrder().Select(field => field.FullName),
    ];

    private static Dictionary<string, FileDescriptor> FilesOf(IServiceProvider services)
    {
        var files = new Dictionary<string, FileDescriptor>(StringComparer.Ordinal);
        var waiting = new Stack<FileDescriptor>(
            services.GetRequiredService<GrpcMethods>().All.Select(method => method.Descriptor.File));
        while (waiting.TryPop(out var file))
        {
            if (files.TryAdd(file.Name, file))
            {
                foreach (var imported in file.Dependencies)
                {
                    waiting.Push(imported);
                }
            }
        }

        return files;
    }
}
