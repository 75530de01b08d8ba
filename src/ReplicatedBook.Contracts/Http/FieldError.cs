namespace ReplicatedBook.Contracts.Http;

/// <summary>One defect of a request.</summary>
/// <param name="Field">Path of the field, for example orders[2].price; or the name of a parameter or header.</param>
/// <param name="Code">What is wrong with it.</param>
/// <param name="Message">For people.</param>
public sealed record FieldError(string Field, string Code, string Message);
