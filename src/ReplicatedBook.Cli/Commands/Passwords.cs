using System.Text;

namespace ReplicatedBook.Cli.Commands;

/// <summary>Takes passwords: never from an argument, which other users of the machine could see.</summary>
internal static class Passwords
{
    /// <summary>From a file, from a line of standard input where that is redirected, else typed without being
    /// shown.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Read(string? file, string prompt)
    {
        string? password;
        try
        {
            password = file is not null ? File.ReadAllText(file).TrimEnd('\r', '\n')
                : Console.IsInputRedirected ? Console.In.ReadLine()
                : Ask(prompt);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {failure.Message}");
        }

        return string.IsNullOrEmpty(password) ? throw new UsageException("no password was given") : password;
    }

    private static string Ask(string prompt)
    {
        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (key.KeyChar != '\0')
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
