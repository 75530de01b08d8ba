using System.Collections.Frozen;

namespace ReplicatedBook.Contracts;

/// <summary>Every code a problem can have (API.md 1.5). A code never changes its meaning or status.</summary>
public static class ProblemCodes
{
    /// <summary>The body is not what its content type says, or not an object.</summary>
    public static readonly ProblemCode MalformedRequest = new("malformed_request", 400, "Malformed request", false);

    /// <summary>A field that the request does not have.</summary>
    public static readonly ProblemCode UnknownField = new("unknown_field", 400, "Unknown field", false);

    /// <summary>A field given twice.</summary>
    public static readonly ProblemCode DuplicateField = new("duplicate_field", 400, "Duplicate field", false);

    /// <summary>A field that must be given.</summary>
    public static readonly ProblemCode MissingField = new("missing_field", 400, "Missing field", false);

    /// <summary>A field of the wrong type or outside its range.</summary>
    public static readonly ProblemCode InvalidField = new("invalid_field", 400, "Invalid field", false);

    /// <summary>A query parameter that is unknown, given twice, out of place or outside its range.</summary>
    public static readonly ProblemCode InvalidQuery = new("invalid_query", 400, "Invalid query", false);

    /// <summary>The route needs a credential that holds, and the request has none.</summary>
    public static readonly ProblemCode Unauthenticated = new("unauthenticated", 401, "Not signed in", false);

    /// <summary>The access token's time is over; a refresh gives another.</summary>
    public static readonly ProblemCode TokenExpired = new("token_expired", 401, "Token expired", false);

    /// <summary>A name, password or token that is not right; which, is not said.</summary>
    public static readonly ProblemCode InvalidCredentials =
        new("invalid_credentials", 401, "Invalid credentials", false);

    /// <summary>The user's roles, or the credential's scopes, do not go with the route.</summary>
    public static readonly ProblemCode Forbidden = new("forbidden", 403, "Forbidden", false);

    /// <summary>A feature that this node has switched off.</summary>
    public static readonly ProblemCode FeatureDisabled = new("feature_disabled", 403, "Feature disabled", false);

    /// <summary>No such object or route, or one of another user.</summary>
    public static readonly ProblemCode NotFound = new("not_found", 404, "Not found", false);

    /// <summary>The route exists, but not with this method.</summary>
    public static readonly ProblemCode MethodNotAllowed = new("method_not_allowed", 405, "Method not allowed", false);

    /// <summary>The request's header or body came too slowly.</summary>
    public static readonly ProblemCode RequestTimeout = new("request_timeout", 408, "Request timeout", true);

    /// <summary>The client order id names another order.</summary>
    public static readonly ProblemCode DuplicateClientOrderId =
        new("duplicate_client_order_id", 409, "Duplicate client order id", false);

    /// <summary>An object of this name was created before.</summary>
    public static readonly ProblemCode AlreadyExists = new("already_exists", 409, "Already exists", false);

    /// <summary>There is, or was, an administrator: the first one is made once.</summary>
    public static readonly ProblemCode BootstrapDone = new("bootstrap_done", 409, "Bootstrap done", false);

    /// <summary>Nobody would be an administrator any more.</summary>
    public static readonly ProblemCode LastAdmin = new("last_admin", 409, "Last administrator", false);

    /// <summary>The order is already filled, canceled or expired.</summary>
    public static readonly ProblemCode OrderNotOpen = new("order_not_open", 409, "Order not open", false);

    /// <summary>The session that an order was to be placed in has ended: its connection was lost, or its
    /// node.</summary>
    public static readonly ProblemCode SessionEnded = new("session_ended", 409, "Session ended", false);

    /// <summary>The instrument's status does not allow the change.</summary>
    public static readonly ProblemCode MarketStateConflict =
        new("market_state_conflict", 409, "Market state conflict", false);

    /// <summary>A prediction market is resolved or voided already.</summary>
    public static readonly ProblemCode AlreadyResolved =
        new("already_resolved", 409, "Already resolved", false);

    /// <summary>A betting market's last work is not complete; it goes on by itself.</summary>
    public static readonly ProblemCode BatchUnderWay = new("batch_under_way", 409, "Batch under way", true);

    /// <summary>The runner was removed from its betting market.</summary>
    public static readonly ProblemCode RunnerRemoved = new("runner_removed", 409, "Runner removed", false);

    /// <summary>An earlier change of the membership is not committed yet.</summary>
    public static readonly ProblemCode MembershipChangeInProgress =
        new("membership_change_in_progress", 409, "Membership change in progress", true);

    /// <summary>The index is older than what this node holds.</summary>
    public static readonly ProblemCode IndexCompacted = new("index_compacted", 410, "Index compacted", false);

    /// <summary>The object has changed since the given version.</summary>
    public static readonly ProblemCode VersionMismatch = new("version_mismatch", 412, "Version mismatch", false);

    /// <summary>The body is larger than the route takes.</summary>
    public static readonly ProblemCode BodyTooLarge = new("body_too_large", 413, "Body too large", false);

    /// <summary>The body is neither JSON nor MessagePack.</summary>
    public static readonly ProblemCode UnsupportedMediaType =
        new("unsupported_media_type", 415, "Unsupported media type", false);

    /// <summary>The account has less available than is needed.</summary>
    public static readonly ProblemCode InsufficientFunds = new("insufficient_funds", 422, "Insufficient funds", false);

    /// <summary>A price that is not a multiple of the tick size.</summary>
    public static readonly ProblemCode InvalidTick = new("invalid_tick", 422, "Price off the tick size", false);

    /// <summary>A quantity that is not a multiple of the lot size.</summary>
    public static readonly ProblemCode InvalidLot = new("invalid_lot", 422, "Quantity off the lot size", false);

    /// <summary>A prediction market has no such outcome, or does not pay it so.</summary>
    public static readonly ProblemCode InvalidOutcome = new("invalid_outcome", 422, "Invalid outcome", false);

    /// <summary>An order worth less than the instrument's smallest.</summary>
    public static readonly ProblemCode MinNotional = new("min_notional", 422, "Order too small", false);

    /// <summary>More than the instrument's largest order, or a quantity whose value the exchange cannot hold.</summary>
    public static readonly ProblemCode MaxQuantity = new("max_quantity", 422, "Quantity too large", false);

    /// <summary>More at risk than one bet, or one account, may have in the betting market.</summary>
    public static readonly ProblemCode MaxLiability = new("max_liability", 422, "Liability too large", false);

    /// <summary>A price too far from that of the last trade.</summary>
    public static readonly ProblemCode PriceOutOfBand = new("price_out_of_band", 422, "Price out of band", false);

    /// <summary>A post-only order would match at once.</summary>
    public static readonly ProblemCode PostOnlyWouldTake =
        new("post_only_would_take", 422, "Post-only order would take", false);

    /// <summary>The instrument's status does not allow it.</summary>
    public static readonly ProblemCode MarketNotOpen = new("market_not_open", 422, "Market not open", false);

    /// <summary>The betting market is suspended and may open again.</summary>
    public static readonly ProblemCode MarketSuspended = new("market_suspended", 422, "Market suspended", false);

    /// <summary>No more open orders fit, of the account or in all.</summary>
    public static readonly ProblemCode TooManyOpenOrders =
        new("too_many_open_orders", 422, "Too many open orders", false);

    /// <summary>No more objects of this kind fit.</summary>
    public static readonly ProblemCode LimitReached = new("limit_reached", 422, "Limit reached", false);

    /// <summary>The change of the membership would endanger the majority, or the member is not ready for it.</summary>
    public static readonly ProblemCode UnsafeMembershipChange =
        new("unsafe_membership_change", 422, "Unsafe membership change", true);

    /// <summary>The key was used before for another request.</summary>
    public static readonly ProblemCode IdempotencyKeyReused =
        new("idempotency_key_reused", 422, "Idempotency key reused", false);

    /// <summary>Another order of an atomic batch was refused.</summary>
    public static readonly ProblemCode BatchAborted = new("batch_aborted", 422, "Batch aborted", false);

    /// <summary>More requests of a user, or from an address, than are taken in a time.</summary>
    public static readonly ProblemCode RateLimited = new("rate_limited", 429, "Rate limited", true);

    /// <summary>Our fault.</summary>
    public static readonly ProblemCode Internal = new("internal", 500, "Internal error", false);

    /// <summary>No leader is known.</summary>
    public static readonly ProblemCode NoLeader = new("no_leader", 503, "No leader", true);

    /// <summary>No majority answered.</summary>
    public static readonly ProblemCode NoQuorum = new("no_quorum", 503, "No quorum", true);

    /// <summary>Too much is waiting.</summary>
    public static readonly ProblemCode Overloaded = new("overloaded", 503, "Overloaded", true);

    /// <summary>The command reached the log after its deadline and had no effect.</summary>
    public static readonly ProblemCode DeadlineExceeded = new("deadline_exceeded", 503, "Deadline exceeded", true);

    /// <summary>The node heard from a leader longer ago than asked for.</summary>
    public static readonly ProblemCode TooStale = new("too_stale", 503, "Too stale", true);

    /// <summary>The index is not applied here yet.</summary>
    public static readonly ProblemCode IndexNotReached = new("index_not_reached", 503, "Index not reached", true);

    /// <summary>The node is stopping.</summary>
    public static readonly ProblemCode ShuttingDown = new("shutting_down", 503, "Shutting down", true);

    /// <summary>The leader's disk is full; reads go on.</summary>
    public static readonly ProblemCode StorageFull = new("storage_full", 503, "Storage full", true);

    /// <summary>It is not known whether the command took or will take effect; repeat it with its key, or ask.</summary>
    public static readonly ProblemCode OutcomeUnknown = new("outcome_unknown", 504, "Outcome unknown", true);

    private static readonly FrozenDictionary<string, ProblemCode> ByCode = new[]
    {
        MalformedRequest, UnknownField, DuplicateField, MissingField, InvalidField, InvalidQuery, Unauthenticated,
        TokenExpired, InvalidCredentials, Forbidden, RateLimited, FeatureDisabled, NotFound, MethodNotAllowed,
        RequestTimeout, DuplicateClientOrderId, AlreadyExists, OrderNotOpen, SessionEnded, MarketStateConflict,
        IndexCompacted, VersionMismatch, BodyTooLarge, UnsupportedMediaType, InsufficientFunds, InvalidTick, InvalidLot,
        MinNotional, MaxQuantity, PriceOutOfBand, PostOnlyWouldTake, MarketNotOpen, TooManyOpenOrders, LimitReached,
        AlreadyResolved, InvalidOutcome, MaxLiability, BatchUnderWay, RunnerRemoved, IdempotencyKeyReused,
        BatchAborted, BootstrapDone, LastAdmin, MembershipChangeInProgress, UnsafeMembershipChange, Internal,
        NoLeader, NoQuorum, Overloaded, DeadlineExceeded, TooStale, IndexNotReached, ShuttingDown, StorageFull,
        OutcomeUnknown, MarketSuspended,
    }.ToFrozenDictionary(code => code.Code);

    /// <summary>All codes, in no order.</summary>
    public static IReadOnlyCollection<ProblemCode> All => ByCode.Values;

    /// <summary>A code by its name; null for one that this version does not know.</summary>
    public static ProblemCode? Find(string code) => ByCode.GetValueOrDefault(code);
}
