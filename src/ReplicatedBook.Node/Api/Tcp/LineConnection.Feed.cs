namespace ReplicatedBook.Node.Api.Tcp;

/// <content>The feed of a connection: one at a time, beside its replies.</content>
internal sealed partial class LineConnection
{
    private CancellationTokenSource? _feedEnd;
    private Task _feed = Task.CompletedTask;

    /// <summary>Begins the feed, in place of one that is there, or ends it. Events come between the two replies and at
    /// no other time.</summary>
    private async ValueTask SwitchFeedAsync(LineCommand command)
    {
        await BeginAsync(isWrite: true);
        if (command.Fields[0] == "off")
        {
            await AddAsync(new LineSlot(Task.FromResult(LineText.Ok(command.Tag)), Before: StopFeedAsync));
            return;
        }

        var (feed, refusal) = await _services.Feeds.OpenAsync(command, () => (_authorization, _origin));
        if (feed is null)
        {
            await ReplyAsync(refusal!);
            return;
        }

        var ok = Task.FromResult(LineText.Ok(command.Tag));
        await AddAsync(new LineSlot(ok, Before: StopFeedAsync, After: () => StartFeed(feed)));
    }

    private void StartFeed(LineFeed feed)
    {
        _feedEnd = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _feed = RunFeedAsync(feed, _feedEnd.Token);
    }

    private async Task RunFeedAsync(LineFeed feed, CancellationToken end)
    {
        try
        {
            await _services.Feeds.RunAsync(feed, _output, end);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // It was switched off, or the client is gone, which the replies find out, too.
        }
    }

    private async Task StopFeedAsync()
    {
        if (_feedEnd is { } end)
        {
            await end.CancelAsync();
            await _feed;
            end.Dispose();
            _feedEnd = null;
        }
    }
}
