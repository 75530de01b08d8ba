using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Output;

/// <summary>Prints what came of a request and says how rb must end.</summary>
internal static class Answers
{
    /// <summary>Prints a write's answer as JSON or as a person reads it; what is not committed goes to standard
    /// error.</summary>
    public static int Print<T>(
        ParseResult parse, WriteOutcome<T> outcome, JsonTypeInfo<T> type, Action<T> print)
        where T : class
    {
        if (outcome.IsCommitted)
        {
            PrintValue(parse, outcome.Value!, type, print);
        }
        else
        {
            PrintProblem(parse, outcome.Problem, outcome.Describe());
            if (outcome.Kind == OutcomeKind.Unknown)
            {
                Console.Error.WriteLine($"rb: it may have been executed or may yet be; its key is {outcome.Key}");
            }
        }

        return ExitCodes.Of(outcome.Kind);
    }

    /// <summary>Prints a read's answer as JSON or as a person reads it; what is no answer goes to standard
    /// error.</summary>
    public static int Print<T>(ParseResult parse, ReadAnswer<T> answer, JsonTypeInfo<T> type, Action<T> print)
        where T : class
    {
        if (answer.IsAnswered)
        {
            PrintValue(parse, answer.Value!, type, print);
        }
        else
        {
            PrintProblem(parse, answer.Problem, answer.Describe());
        }

        return ExitCodes.Of(answer.Kind);
    }

    private static void PrintValue<T>(ParseResult parse, T value, JsonTypeInfo<T> type, Action<T> print)
    {
        if (GlobalOptions.IsJson(parse))
        {
            Console.WriteLine(JsonSerializer.Serialize(value, type));
        }
        else
        {
            print(value);
        }
    }

    private static void PrintProblem(ParseResult parse, Problem? problem, string text)
    {
        if (GlobalOptions.IsJson(parse) && problem is not null)
        {
            Console.WriteLine(JsonSerializer.Serialize(problem, ResponseJson.Default.Problem));
        }

        Console.Error.WriteLine($"rb: {text}");
    }
}
